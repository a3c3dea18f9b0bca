import { CNI_PLUGINS_VERSION } from '../../catalog/cni-plugins';
import { releaseRefusal } from '../../catalog/kubeedge';
import { EDGECORE_KUBE_RESERVED } from '../../catalog/kubeedge-overheads';
import { HUB_NODE_PORTS, HUB_PORTS } from '../../catalog/kubeedge-ports';
import { ARTIFACT_ARCHITECTURES } from '../../model/artifact-lock';
import type { TreeSource } from '../../model/distribution';
import type { KubeEdgeJoinModel, KubeEdgeNodesModel } from '../../model/kubeedge-cluster-model';
import type { KubeEdgeClusterInput, KubeEdgeNodeInput } from '../../model/kubeedge-node-input';
import { lockedEdge } from '../../model/lock/kubeedge';
import { mirrorsOfTree } from '../../model/registry-mirrors';
import { nodeArchitecture, nodeDeviceClass, nodeInstall } from '../node-input';
import { featuresOf } from './cloud/features-of';

/** The input of a tree, or what is missing in one sentence. */
export function kubeEdgeTreeInput(
  source: TreeSource,
  { machines }: KubeEdgeJoinModel,
): KubeEdgeNodeInput | { readonly missing: string } {
  const { deviceClass, operatingSystem, lock } = source;
  const { cloud } = machines;
  // Nobody is to lock what is refused.
  const refusal = releaseRefusal(cloud.version);
  if (refusal !== undefined) return { missing: `cannot set up its machines: ${refusal}` };
  const architecture = nodeArchitecture(deviceClass, 'KubeEdge', ARTIFACT_ARCHITECTURES);
  if (typeof architecture !== 'string') return architecture;
  const locked = lockedEdge(lock, { version: cloud.version, cniVersion: CNI_PLUGINS_VERSION }, [architecture]);
  if ('missing' in locked)
    return {
      missing: `has nodes of ${deviceClass.id}, and these are not locked: ${locked.missing.join(', ')}; run \`edgecdk lock\`, which writes artifacts.lock.json`,
    };
  const { link, install } = nodeInstall(source, cloud.machines.install, locked.baseUrl);
  return {
    cluster: clusterInput(machines),
    operatingSystem,
    link,
    deviceClass: nodeDeviceClass(deviceClass, EDGECORE_KUBE_RESERVED.value),
    runtime: deviceClass.runtime ?? 'containerd',
    artifacts: locked.artifacts,
    install,
    ...(install.mode === 'online' && { cniBaseUrl: locked.cniBaseUrl }),
    ...(deviceClass.dataMount !== undefined && { dataMount: deviceClass.dataMount }),
    enrolment: cloud.enrolment,
    secretsFrom: cloud.machines.secretsFrom,
  };
}

function clusterInput({ cloud, registries, onlyMirrors }: KubeEdgeNodesModel): KubeEdgeClusterInput {
  const { advertiseAddress, broker, dnsNames, exposure, network, protocol, taint, unchecked, version } = cloud;
  return {
    version,
    host: dnsNames[0] ?? advertiseAddress[0] ?? '',
    ports: exposure === 'node-ports' ? HUB_NODE_PORTS : HUB_PORTS,
    protocol,
    features: featuresOf(cloud),
    broker,
    ...(taint && { taint }),
    network,
    registries: mirrorsOfTree(registries),
    onlyMirrors,
    unchecked,
  };
}
