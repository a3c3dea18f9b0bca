import type { KubeEdgeNodeInput } from '../../../model/kubeedge-node-input';
import type { NodeRecord, OperatingSystemModel } from '../../../model/node-model';
import type { NodeSiteInput } from '../../../model/node-site-input';
import type { NodeIdentityFiles } from '../../../model/node-tree';
import { byPath, nodeFile } from '../../../render/node/node-file';
import { siteMirrorFiles } from '../../../render/node/runtimes/mirrors';
import { printIdentity } from '../../../render/node/script/identity';
import { timeFiles } from '../../../render/node/time';

/** Names that fill holes of `edgecore.yaml`, beside those that every distribution has. */
export const KUBEEDGE_IDENTITY_NAMES = ['SITE', 'SITE_GROUP'] as const;

/** As much of a tree's input as the identities of its nodes depend on. */
export interface KubeEdgeIdentityInput {
  readonly operatingSystem: Pick<OperatingSystemModel, 'timeSync'>;
  readonly runtime: KubeEdgeNodeInput['runtime'];
  readonly cluster: Pick<KubeEdgeNodeInput['cluster'], 'onlyMirrors'>;
}

/**
 * What makes a node itself. edgecore has one file of configuration; so that trees are equal, the node's own part stands in `identity.env` alone, and fills the
 * holes of that file on the node. Its name is that in its certificate, and is never the machine's own idea of it.
 */
export function kubeEdgeIdentity(
  node: NodeRecord,
  site: NodeSiteInput,
  { operatingSystem, runtime, cluster }: KubeEdgeIdentityInput,
): NodeIdentityFiles {
  const identity = printIdentity(
    {
      nodeName: node.name,
      nodeIp: node.address.kind === 'dynamic' ? undefined : node.address.ip,
      generation: node.generation,
    },
    { SITE: site.name, SITE_GROUP: site.group ?? site.name },
  );
  return {
    node: node.name,
    files: byPath([
      nodeFile('/etc/edgecdk/identity.env', 'restart', identity),
      nodeFile('/etc/hostname', 'live', `${node.name}\n`),
      ...siteMirrorFiles(runtime, { registries: site.registries ?? [], onlyMirrors: cluster.onlyMirrors }),
      ...timeFiles(site, node, [], operatingSystem.timeSync, false),
    ]),
  };
}
