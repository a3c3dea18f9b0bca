import { hasEmbeddedRegistry, isKnownMinor, K3S_RELEASES, type K3sRelease, parseK3sVersion } from '../../catalog/k3s';
import type { KubernetesMinor } from '../../model/distribution';
import type { K3sClusterModel } from '../../model/k3s-cluster-model';
import { serversOf } from '../node-input';

export function k3sMinor({ version }: Pick<K3sClusterModel, 'version'>): KubernetesMinor | undefined {
  const release = parseK3sVersion(version);
  return release && `${release.major}.${release.minor}`;
}

/** What is wrong with a cluster of K3s whatever its sites. */
export function k3sClusterProblems(cluster: K3sClusterModel): string[] {
  const release = parseK3sVersion(cluster.version);
  const servers = serversOf(cluster);
  const found = [
    versionProblem(cluster.version, release),
    ...(release && cluster.movesTo !== undefined ? [moveProblem(release, cluster.movesTo)] : []),
    cluster.machines?.embeddedRegistry &&
      !hasEmbeddedRegistry(cluster.version) &&
      `has embeddedRegistry with K3s ${cluster.version}, in which that is missing or an experiment; take v1.29.12, v1.30.8, v1.31.4 or later, or leave it off`,
    ![1, 3, 5].includes(servers) &&
      `has ${servers} servers; K3s takes one (SQLite), or three or five (etcd): an even number survives no more than one less`,
    cluster.disable.includes('traefik') &&
      cluster.packagedValues.traefik !== undefined &&
      'has values for traefik and disables it; do one of them',
  ];
  return found.filter((message) => typeof message === 'string');
}

function versionProblem(version: string, release: K3sRelease | undefined): string | undefined {
  if (!release)
    return `has ${JSON.stringify(version)} as version of K3s; write a release by its full name, such as ${K3S_RELEASES['1.33']}`;
  const known = Object.keys(K3S_RELEASES);
  if (isKnownMinor(`${release.major}.${release.minor}`)) return undefined;
  return `has K3s ${version}; this EdgeCDK knows Kubernetes ${known[0]} to ${known.at(-1)}`;
}

/** K3s goes from a minor to the next one, and never back. */
function moveProblem(from: K3sRelease, text: string): string | undefined {
  const to = parseK3sVersion(text);
  if (!to) return `moves to ${JSON.stringify(text)}, which is no release of K3s; write its full name`;
  if (!isKnownMinor(`${to.major}.${to.minor}`)) return `moves to K3s ${text}, which this EdgeCDK does not know`;
  const steps = to.minor - from.minor;
  const isLater = steps > 0 || (steps === 0 && (to.patch - from.patch || to.k3s - from.k3s) > 0);
  if (to.major !== from.major || !isLater) return `moves to K3s ${text}, which is not later than what it has`;
  if (steps > 1)
    return `moves ${steps} minors at once, to K3s ${text}; K3s goes one minor at a time: move to 1.${from.minor + 1} first`;
  return undefined;
}
