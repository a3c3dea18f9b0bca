/** Images of all pods that an object makes, those of kinds that nobody knows too: whatever makes pods has a list of containers, however deep. */
export function containerImages(object: unknown): string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) look(item);
    else if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value)) {
        if ((key === 'containers' || key === 'initContainers') && Array.isArray(member))
          for (const container of member) if (typeof container?.image === 'string') found.push(container.image);
        look(member);
      }
  };
  look(object);
  return found;
}
