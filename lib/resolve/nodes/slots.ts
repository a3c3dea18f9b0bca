import type { ClusterModel, NodeCountModel } from '../../model/distribution';

/** A place for a node, as the blueprint describes it. */
export interface Slot {
  /** `till-3` */
  readonly slot: string;
  /** Path of the device class. */
  readonly deviceClass: string;
  readonly role: 'server' | 'agent';
  /** From 1, per device class and site. */
  readonly ordinal: number;
}

/** The slots that counts make: servers first, in the order of the cluster's description. Undefined where a count is none. */
export function slotsOf(nodes: readonly NodeCountModel[], ids: ReadonlyMap<string, string>): Slot[] | undefined {
  const slots: Slot[] = [];
  const ordinals = new Map<string, number>();
  for (const wanted of ['server', 'agent'] as const) {
    for (const { deviceClass, role, count } of nodes) {
      if (!isCount(count)) return undefined;
      if (role !== wanted) continue;
      const id = ids.get(deviceClass) ?? deviceClass;
      // One class may be servers and agents: its numbers go on, so that no two slots are the same.
      const before = ordinals.get(deviceClass) ?? 0;
      for (let ordinal = before + 1; ordinal <= before + count; ordinal++)
        slots.push({ slot: `${id}-${ordinal}`, deviceClass, role, ordinal });
      ordinals.set(deviceClass, before + count);
    }
  }
  return slots;
}

export function isCount(count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count <= 1000;
}

/** How many nodes there are of each class and role, in the order of the cluster's description. */
export function countNodes(
  nodes: readonly Pick<NodeCountModel, 'deviceClass' | 'role'>[],
  cluster: Pick<ClusterModel, 'nodes'>,
): NodeCountModel[] {
  const counts = new Map<string, { deviceClass: string; role: 'server' | 'agent'; count: number }>();
  for (const { deviceClass, role } of cluster.nodes)
    counts.set(`${role} ${deviceClass}`, { deviceClass, role, count: 0 });
  for (const { deviceClass, role } of nodes) {
    const key = `${role} ${deviceClass}`;
    const entry = counts.get(key) ?? { deviceClass, role, count: 0 };
    entry.count++;
    counts.set(key, entry);
  }
  return [...counts.values()];
}
