import { sha256, sorted } from '../../model/digest';
import type { FileContent } from '../../model/file-content';
import type { KubeObject } from '../../model/kube-object';
import type { NodeTree, RenderedTree } from '../../model/node-tree';
import { localFiles } from '../delivery/local';
import { below, type Folder, treeFolder } from '../node/folder';
import type { CarrierCluster } from './carrier-cluster';
import { CARRY, RUN } from './carry-script';
import { folderVolume } from './config-maps';
import { carrierDaemonSet } from './daemon-set';

/** The hardening of K3s makes an exception for it: see `distributions/k3s/node/hardening.ts`. */
export const CARRIER_NAMESPACE = 'edgecdk-system';

const serviceAccount = 'edgecdk-carrier';

/** The file that brings changed node trees to the machines of a cluster, whatever delivery the site has; none where it has no trees. */
export function carrierFiles(trees: ReadonlyMap<string, RenderedTree>, cluster: CarrierCluster): FileContent[] {
  if (trees.size === 0) return [];
  const carriers = [...trees].flatMap(([treeName, { tree, deviceClass }]) =>
    carrierObjects({ treeName, tree, deviceClassId: deviceClass, cluster }),
  );
  return localFiles({ id: 'edgecdk-nodes', namespace: CARRIER_NAMESPACE }, [
    ...carrierNamespace(),
    ...unique(carriers),
  ]);
}

/** What several carriers share, once. */
function unique(objects: readonly KubeObject[]): KubeObject[] {
  return [...new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object])).values()];
}

/** What all carriers of a cluster share. */
export function carrierNamespace(): KubeObject[] {
  const namespace: KubeObject = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: CARRIER_NAMESPACE,
      labels: {
        'pod-security.kubernetes.io/audit': 'privileged',
        'pod-security.kubernetes.io/enforce': 'privileged',
        'pod-security.kubernetes.io/warn': 'privileged',
      },
    },
  };
  // It has no rights, and its pods get no token.
  const account: KubeObject = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: serviceAccount, namespace: CARRIER_NAMESPACE },
    automountServiceAccountToken: false,
  };
  return [namespace, account];
}

export interface CarrierInput {
  /** For people: `store.server.box`. */
  readonly treeName: string;
  readonly tree: NodeTree;
  /** Id of the device class: nodes bear it as the label `edgecdk.dev/device-class`. */
  readonly deviceClassId: string;
  readonly cluster: CarrierCluster;
}

/**
 * What brings a changed node tree to the machines of one role and device class that run already, whatever delivery the site has. It is named by role
 * and class and not by the tree, so that a site whose tree is another one from now on keeps it, and no second one works beside it.
 *
 * Throws `ContentError` where a file is too large to travel in a ConfigMap.
 */
export function carrierObjects({ treeName, tree, deviceClassId, cluster }: CarrierInput): KubeObject[] {
  const name = `edgecdk-${tree.role}-${deviceClassId}`;
  const folder = carrierFolder(tree);
  const digest = folderDigest(folder);
  // Most of it is what all trees have in common: then all carriers of a cluster have one ConfigMap of it.
  const common = folderVolume('edgecdk-scripts', CARRIER_NAMESPACE, part(folder, isCommon));
  const own = folderVolume(
    name,
    CARRIER_NAMESPACE,
    part(folder, (path) => !isCommon(path)),
  );
  const daemonSet = carrierDaemonSet({
    name,
    namespace: CARRIER_NAMESPACE,
    serviceAccount,
    role: tree.role,
    deviceClassId,
    cluster,
    digest,
    sources: [...common.sources, ...own.sources],
    annotations: { 'edgecdk.dev/tree': treeName, 'edgecdk.dev/tree-digest': digest },
  });
  return [...common.configMaps, ...own.configMaps, daemonSet];
}

/** What the pod finds in `/payload`. */
export function carrierFolder(tree: NodeTree): Folder {
  return { 'carry.sh': CARRY, 'run.sh': RUN, ...below('tree', treeFolder(tree)) };
}

function isCommon(path: string): boolean {
  return !path.includes('/') || path === 'tree/apply.sh';
}

function part(folder: Folder, wanted: (path: string) => boolean): Folder {
  return Object.fromEntries(Object.entries(folder).filter(([path]) => wanted(path)));
}

function folderDigest(folder: Folder): string {
  return sha256(JSON.stringify(sorted(Object.entries(folder), ([path]) => path)));
}
