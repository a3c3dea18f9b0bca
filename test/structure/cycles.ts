/** A cycle as the way around it, `a b a`, for each edge that closes one. */
export function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): void => {
    const seenAt = way.indexOf(node);
    if (seenAt !== -1) cycles.push([...way.slice(seenAt), node].join(' -> '));
    if (seenAt !== -1 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...way, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return cycles;
}
