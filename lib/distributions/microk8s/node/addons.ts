import { addonFacts, isMicroK8sAddon } from '../../../catalog/microk8s-addons';
import type { MicroK8sAddonInput, MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile } from '../../../render/node/node-file';
import { MICROK8S_FOLDER } from './launch';

/** One addon a line, in the order in which a server enables them: name and arguments. */
export function addonFiles({ cluster }: MicroK8sNodeInput, role: 'server' | 'agent'): NodeFile[] {
  if (role === 'agent') return [];
  const lines = orderedAddons(cluster.addons).map((addon) => [addon.name, ...addon.arguments].join(' '));
  return [nodeFile(`${MICROK8S_FOLDER}/addons`, 'live', lines.map((line) => `${line}\n`).join(''))];
}

/** Addons in their order, those of the community behind the addon that brings their scripts. */
export function orderedAddons(addons: readonly MicroK8sAddonInput[]): readonly MicroK8sAddonInput[] {
  const ofCommunity = (name: string) => isMicroK8sAddon(name) && addonFacts(name).repository === 'community';
  const community = addons.filter(({ name }) => ofCommunity(name));
  const core = addons.filter(({ name }) => !ofCommunity(name));
  return [...core, ...(community.length > 0 ? [{ name: 'community', arguments: [] }] : []), ...community];
}
