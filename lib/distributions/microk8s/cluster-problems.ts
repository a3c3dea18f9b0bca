import { MICROK8S_TRACKS, parseMicroK8sChannel } from '../../catalog/microk8s';
import type { ClusterModel, ReleaseChange } from '../../model/distribution';
import { serversOf } from '../node-input';

/** What is wrong with a cluster of MicroK8s whatever its sites. */
export function microk8sClusterProblems(cluster: ClusterModel): string[] {
  const { version } = cluster;
  const servers = serversOf(cluster);
  return [
    ...(parseMicroK8sChannel(version)
      ? []
      : [
          `has ${JSON.stringify(version)} as channel of MicroK8s; write a track and a risk, such as 1.33/stable or 1.33-strict/stable, with a track of ${Object.keys(MICROK8S_TRACKS).join(', ')}`,
        ]),
    ...([1, 3, 5].includes(servers)
      ? []
      : [
          `has ${servers} nodes of the control plane; MicroK8s takes one, or three or five: an even number survives no more than one less`,
        ]),
  ];
}

/** The tree itself moves machines, one at a time: to the next minor at the most, never back, and never between classic and strict. What comes is said. */
export function microk8sReleaseChange(was: string, now: string): ReleaseChange | undefined {
  const [from, to] = [parseMicroK8sChannel(was), parseMicroK8sChannel(now)];
  if (!from || !to || was === now) return undefined;
  const refused = (message: string): ReleaseChange => ({ message, isRefused: true });
  if (from.confinement !== to.confinement)
    return refused(
      `has MicroK8s ${now} where machines run ${was}: the snap cannot go from ${from.confinement} to ${to.confinement}; take the change back, or count the clusterGeneration of these sites up, for new, empty clusters on newly set-up machines`,
    );
  const steps = Number(to.minor.slice(2)) - Number(from.minor.slice(2));
  if (steps > 1)
    return refused(
      `has MicroK8s ${now} where machines run ${was}, and no minor may be skipped; move to 1.${Number(from.minor.slice(2)) + 1} first`,
    );
  if (steps < 0)
    return refused(
      `has MicroK8s ${now} where machines run ${was}, and MicroK8s does not go back; take the change back`,
    );
  return {
    message: `moves machines from MicroK8s ${was} to ${now} with their next tree: one server at a time and workers after them, each emptied before; a machine that is alone stands still meanwhile. Look until all have it: kubectl get nodes`,
    isRefused: false,
  };
}
