import { nodeOfLeaf } from '../model/leaf-node';
import type { NodeRecord } from '../model/node-model';
import type { LeafDeviceWorkloadModel } from '../model/workload-model';
import { type PlacedSite, whyNot } from './placement';

/** The node of each leaf device of a site, by the device's id: its name, where there is exactly one that is meant. Undefined for a site without any. */
export function leafNodesOf(
  devices: readonly LeafDeviceWorkloadModel[],
  site: PlacedSite & { readonly name: string },
  nodes: readonly NodeRecord[],
): Readonly<Record<string, string>> | undefined {
  const names = devices
    .filter((device) => whyNot(device.placement, site) === undefined)
    .flatMap((device) => {
      const found = nodeOfLeaf(device, site.name, nodes);
      return 'node' in found ? [[device.id, found.node.name] as const] : [];
    });
  return names.length > 0 ? Object.fromEntries(names) : undefined;
}
