import { KUBEEDGE_ARCHITECTURES, releaseRefusal } from '../../../catalog/kubeedge';
import { EDGECORE_KEYS, EDGECORE_OLD_KEYS } from '../../../catalog/kubeedge-config';
import { KUBEEDGE_RUNTIMES } from '../../../catalog/kubeedge-runtimes';
import { isIpAddress } from '../../../model/ip-address';
import type { KubeEdgeNodeInput } from '../../../model/kubeedge-node-input';
import { mirrorRefusals } from '../../../render/node/runtimes/mirrors';
import { runtimeRefusal } from '../../../render/node/runtimes/refusals';
import { installUrlRefusal, type NamedSecret, secretRefusals } from '../../../render/node/secret-refusals';

/** What is wrong with a description of edge nodes and what to do, one sentence each; empty where a tree can be made of it. */
export function kubeEdgeNodeRefusals(input: KubeEdgeNodeInput): string[] {
  const found: Array<string | false> = [
    releaseRefusal(input.cluster.version) ?? false,
    ...hostRefusals(input),
    ...uncheckedRefusals(input),
    runtimeRefusal('KubeEdge', KUBEEDGE_RUNTIMES, input.runtime, input.deviceClass.id) ?? false,
    ...mirrorRefusals(input.runtime, input.cluster),
    ...secretRefusals(secretsOf(input), input),
    ...labelRefusals(input),
    ...brokerRefusals(input),
    ...networkRefusals(input),
    ...installRefusals(input),
    ...diskRefusals(input),
  ];
  return found.filter((message) => message !== false);
}

function secretsOf({ enrolment }: KubeEdgeNodeInput): NamedSecret[] {
  if (enrolment.kind === 'token') return [];
  return [{ use: 'the certificate of nodes', name: enrolment.secret, isFolder: true }];
}

/** One with credentials, a path or a port would make addresses that nobody answers. */
function hostRefusals({ cluster, link }: KubeEdgeNodeInput): Array<string | false> {
  const { host } = cluster;
  const isName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(host);
  return [
    !isIpAddress(host) &&
      !isName &&
      `nodes dial '${host}', which must be an IP address or a name alone: the port is that of cloudcore`,
    link.kind === 'offline' &&
      'a site without a link gets nothing from the cloud, where KubeEdge has its control plane; take K3s or MicroK8s',
  ];
}

function uncheckedRefusals({ cluster }: KubeEdgeNodeInput): string[] {
  return Object.entries(cluster.unchecked).flatMap(([path, value]) => {
    if (Object.hasOwn(EDGECORE_KEYS, path))
      return [`${path} is a key that EdgeCDK writes itself; say it where it belongs, and not among the unchecked ones`];
    const instead = EDGECORE_OLD_KEYS[path];
    if (instead !== undefined) return [`edgecore passes over ${path} without a word; its place is taken by ${instead}`];
    if (Object.keys(EDGECORE_KEYS).some((known) => known.startsWith(`${path}.`) || path.startsWith(`${known}.`)))
      return [`${path} is above or below a key that EdgeCDK writes; name a single value`];
    return value === null || value === undefined
      ? [`${path} has no value, and edgecore breaks at a section that is empty; leave it out`]
      : [];
  });
}

/** Labels of Kubernetes' own are set by edgecore, the edge role with an empty value: with another, cloudcore passes over the node. */
function labelRefusals({ deviceClass }: KubeEdgeNodeInput): string[] {
  return Object.keys(deviceClass.nodeLabels)
    .filter((label) => /^(node-role\.kubernetes\.io\/|edgecdk\.dev\/|apps\.kubeedge\.io\/)/.test(label))
    .map(
      (label) =>
        `the label ${label} of device class '${deviceClass.id}' is set by edgecore or EdgeCDK; take another name`,
    );
}

function brokerRefusals({ cluster }: KubeEdgeNodeInput): Array<string | false> {
  const { broker } = cluster;
  if (broker.kind !== 'machine') return [];
  return [
    /:\/\/[^/]*@/.test(broker.url) &&
      'the address of the broker has credentials in it, and a node tree is readable by many; take one without',
    !/^(tcp|ssl):\/\/[^/\s@]+:\d+$/.test(broker.url) &&
      !/@/.test(broker.url) &&
      `the broker '${broker.url}' must be a URL with a port, such as tcp://127.0.0.1:1883`,
  ];
}

function networkRefusals({ cluster }: KubeEdgeNodeInput): Array<string | false> {
  const { podCidr, clusterDns } = cluster.network;
  const [address = '', prefix = ''] = podCidr.split('/');
  return [
    (!isIpAddress(address) || !/^\d{1,3}$/.test(prefix)) &&
      `the network of pods '${podCidr}' must be one such as 10.22.0.0/16`,
    ...(clusterDns ?? []).map((dns) => !isIpAddress(dns) && `'${dns}' in clusterDns is no IP address`),
  ];
}

function installRefusals({
  artifacts,
  cluster,
  deviceClass,
  install,
  operatingSystem,
}: KubeEdgeNodeInput): Array<string | false> {
  const locked = Object.keys(artifacts.edgecoreSha256).sort();
  const run = deviceClass.platforms;
  const known = (run ?? []).flatMap(
    (platform) => (KUBEEDGE_ARCHITECTURES as Readonly<Record<string, 'amd64' | 'arm64' | 'arm'>>)[platform] ?? [],
  );
  const whole = known.some(
    (architecture) =>
      artifacts.edgecoreSha256[architecture] !== undefined &&
      artifacts.keadmSha256[architecture] !== undefined &&
      artifacts.cniSha256[architecture] !== undefined,
  );
  return [
    locked.length === 0 && `nothing of KubeEdge ${cluster.version} is locked: run edgecdk lock`,
    run !== undefined &&
      known.length === 0 &&
      `device class '${deviceClass.id}' runs ${run.join(', ') || 'no operating system'}; KubeEdge is released for ${Object.keys(KUBEEDGE_ARCHITECTURES).join(', ')} alone`,
    run !== undefined &&
      known.length > 0 &&
      locked.length > 0 &&
      !whole &&
      `device class '${deviceClass.id}' runs ${run.join(', ')}, and edgecore, keadm and the network plug-ins are not all locked for it: run edgecdk lock`,
    install.mode !== 'preloaded' && installUrlRefusal('KubeEdge', install.baseUrl),
    operatingSystem.kernelArguments.length > 0 &&
      operatingSystem.cmdlinePaths.length === 0 &&
      `${operatingSystem.name} needs the kernel arguments ${operatingSystem.kernelArguments.join(' ')}, and no file is known that holds them`,
  ];
}

/** Where the records of apply.sh are, no disk may be missing. */
function diskRefusals({ dataMount }: KubeEdgeNodeInput): Array<string | false> {
  const fine = [
    '/var/lib/kubelet',
    '/var/lib/containerd',
    '/var/lib/containers',
    '/var/lib/docker',
    '/var/lib/kubeedge',
  ];
  return [
    dataMount !== undefined &&
      !fine.includes(dataMount) &&
      !/^\/(mnt|srv|data)(\/|$)/.test(dataMount) &&
      `a data disk at ${dataMount} would hold more than the data of edgecore and its runtime; mount it at one of ${fine.join(', ')}, or below /mnt or /srv`,
  ];
}
