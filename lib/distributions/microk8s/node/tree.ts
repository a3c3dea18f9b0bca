import type { MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import type { NodeTree } from '../../../model/node-tree';
import { bootFiles } from '../../../render/node/boot';
import { byPath } from '../../../render/node/node-file';
import { secretSourceFiles } from '../../../render/node/secret-source';
import { MICROK8S_KIT_WORDS } from '../kit-words';
import { addonFiles } from './addons';
import { microk8sApplyScript } from './apply-script';
import { firewallFiles, microk8sOpenPorts } from './firewall';
import { microk8sHostFiles } from './host';
import { launchFiles } from './launch';
import { microk8sSecretUses } from './secrets';
import { type MicroK8sWaits, microk8sSettings } from './settings';
import { microk8sUnitFiles } from './units';

/** What stands on the disk of every node of a role, but for what a node has of its own. */
export function microk8sTree(input: MicroK8sNodeInput, role: 'server' | 'agent', waits?: MicroK8sWaits): NodeTree {
  const files = [
    ...launchFiles(input),
    ...addonFiles(input, role),
    ...microk8sUnitFiles(role, input.link.kind === 'offline'),
    ...microk8sHostFiles(input),
    ...firewallFiles(input, role),
    ...secretSourceFiles(input),
    ...bootFiles(),
  ];
  return {
    role,
    distribution: 'microk8s',
    version: input.cluster.channel,
    files: byPath(files),
    settings: microk8sSettings(input, role, waits),
    script: microk8sApplyScript(),
    secrets: microk8sSecretUses(input),
    kit: MICROK8S_KIT_WORDS,
    ports: microk8sOpenPorts(input.cluster, role).map(({ port, protocol, roles, purpose }) => ({
      port,
      protocol,
      roles,
      purpose,
    })),
  };
}
