import { K3S_KUBE_RESERVED } from '../../catalog/overheads';
import { K3S_ARCHITECTURES } from '../../model/artifact-lock';
import type { TreeSource } from '../../model/distribution';
import type { K3sClusterModel, K3sNodesModel } from '../../model/k3s-cluster-model';
import type { K3sArtifacts, K3sClusterInput, K3sNodeInput } from '../../model/k3s-node-input';
import { mirrorsOfTree } from '../../model/registry-mirrors';
import { hasAgents, nodeArchitecture, nodeDeviceClass, nodeInstall, serversOf } from '../node-input';

/** The input of a tree, or what is missing in one sentence. */
export function k3sTreeInput(
  source: TreeSource,
  cluster: K3sClusterModel,
): K3sNodeInput | { readonly missing: string } {
  const { deviceClass, operatingSystem, role, lock } = source;
  const k3s = cluster.machines;
  if (!k3s) return { missing: 'has machines that are not set up here' };
  const architecture = nodeArchitecture(deviceClass, 'K3s', K3S_ARCHITECTURES);
  if (typeof architecture !== 'string') return architecture;
  const release = lock?.k3s[cluster.version];
  const locked = release?.[architecture];
  if (!release || !locked)
    return {
      missing: `has nodes of ${deviceClass.id}, and no K3s ${cluster.version} for ${architecture} is locked; run \`edgecdk lock\`, which writes artifacts.lock.json`,
    };
  const { url } = locked.binary;
  const { link, install } = nodeInstall(source, k3s.install, url.slice(0, url.lastIndexOf('/')));
  const artifacts: K3sArtifacts = {
    binarySha256: { [architecture]: locked.binary.sha256 },
    // Elsewhere images are pulled, and only those that are used.
    ...(install.mode === 'preloaded' && { imagesSha256: { [architecture]: locked.images.sha256 } }),
    lockedOn: release.lockedOn,
  };
  const input = clusterInput(cluster, k3s);
  return {
    cluster: input,
    operatingSystem,
    link,
    deviceClass: nodeDeviceClass(deviceClass, K3S_KUBE_RESERVED[role].value),
    artifacts,
    install,
    dataMount: deviceClass.dataMount,
    runtime: deviceClass.runtime,
    secrets: {
      ...((input.servers > 1 || input.agents || input.datastore === 'external') && { token: k3s.tokens.server }),
      ...(input.agents && { agentToken: k3s.tokens.agent }),
      ...(k3s.datastore?.kind === 'external' && { datastore: k3s.datastore.secret }),
      // Agents have nothing of it.
      ...(role === 'server' &&
        k3s.certificateAuthority !== undefined && { certificateAuthority: k3s.certificateAuthority }),
    },
    secretsFrom: k3s.secretsFrom,
  };
}

function clusterInput(cluster: K3sClusterModel, k3s: K3sNodesModel): K3sClusterInput {
  const servers = serversOf(cluster);
  return {
    version: cluster.version,
    servers,
    // As described and not as counted: its datastore is encrypted with the token that it has.
    agents: hasAgents(cluster),
    datastore: k3s.datastore?.kind ?? (servers > 1 ? 'etcd' : 'sqlite'),
    disable: cluster.disable,
    registries: mirrorsOfTree(k3s.registries),
    onlyMirrors: k3s.onlyMirrors,
    ...(k3s.embeddedRegistry && { embeddedRegistry: true }),
    ...k3s.network,
    tlsSan: [],
    secretsEncryption: k3s.secretsEncryption,
    hardening: k3s.hardening,
    backup: k3s.backup,
    ...(Object.keys(k3s.unchecked).length > 0 && { unchecked: k3s.unchecked }),
  };
}
