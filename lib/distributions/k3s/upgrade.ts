import { parseK3sVersion } from '../../catalog/k3s';
import { UPGRADE_IMAGE_MIB, upgradeImage } from '../../catalog/k3s-images';
import type { KubeObject } from '../../model/kube-object';
import type { LinkModel } from '../../model/link-model';
import type { UpgradeWindow } from '../../model/upgrade-window';
import { shellText } from '../../render/node/script/shell-text';
import { UPGRADE_ACCOUNT, UPGRADE_NAMESPACE } from './upgrade-controller';

export interface K3sUpgradeInput {
  /** Release that the nodes come to: `v1.34.3+k3s1`. */
  readonly to: string;
  /** Whether any node is an agent. */
  readonly agents: boolean;
  readonly link: LinkModel;
  /** When an upgrade may begin. */
  readonly window: UpgradeWindow;
  /** Of the site, `Europe/Berlin`; may be a token. */
  readonly timeZone: string;
}

const serverPlan = 'edgecdk-k3s-server';

/**
 * The Plans that bring the nodes of a cluster to another release, one at a time, servers first. Part of a cluster only as long as its nodes move from
 * one release to another.
 *
 * Nodes are neither cordoned nor drained. K3s restarts under its pods, which go on. A drain has nowhere to put the pods of the only node of a site, nor
 * those with a volume on their node; and a node whose upgrade fails stays cordoned, so that a site of one node starts nothing any more. It also keeps
 * the Plans the same for sites with any number of nodes.
 *
 * @see K3s documentation, Automated Upgrades
 */
export function upgradePlans(input: K3sUpgradeInput): KubeObject[] {
  const server = plan(serverPlan, input, {
    jobActiveDeadlineSecs: deadlineSeconds(input.link),
    // etcd is given time to be whole again before the next server goes.
    postCompleteDelay: '120s',
    nodeSelector: { matchExpressions: [{ key: controlPlane, operator: 'In', values: ['true'] }] },
    prepare: { image: upgradeImage(input.to), command: ['sh', '-c', refuseSkip(input.to)] },
  });
  if (!input.agents) return [server];
  const agent = plan('edgecdk-k3s-agent', input, {
    // It waits for all servers first, however many and however long.
    jobActiveDeadlineSecs: 0,
    nodeSelector: { matchExpressions: [{ key: controlPlane, operator: 'DoesNotExist' }] },
    prepare: { image: upgradeImage(input.to), args: ['prepare', serverPlan] },
  });
  return [server, agent];
}

const controlPlane = 'node-role.kubernetes.io/control-plane';

function plan(name: string, { to, window, timeZone }: K3sUpgradeInput, more: Readonly<Record<string, unknown>>) {
  return {
    apiVersion: 'upgrade.cattle.io/v1',
    kind: 'Plan',
    metadata: { name, namespace: UPGRADE_NAMESPACE },
    spec: {
      concurrency: 1,
      version: to,
      serviceAccountName: UPGRADE_ACCOUNT,
      tolerations: [{ operator: 'Exists' }],
      ...more,
      window: { days: [...window.days], startTime: window.start, endTime: window.end, timeZone },
      upgrade: { image: upgradeImage(to) },
    },
  };
}

const hour = 3600;

/**
 * How long a server's upgrade may take before the controller gives the Plan up, for good: so it is far longer than any that works. Nobody knows how
 * long a site stays without its link where that is not said; 0 is no limit.
 */
export function deadlineSeconds({ kind, bitsPerSecond, longestOutageSeconds }: LinkModel): number {
  if (kind === 'offline' || (kind === 'intermittent' && longestOutageSeconds === undefined)) return 0;
  const transfer = bitsPerSecond === undefined ? 0 : (UPGRADE_IMAGE_MIB.value * 8 * 1024 ** 2) / bitsPerSecond;
  return Math.max(6 * hour, Math.ceil(4 * transfer)) + (longestOutageSeconds ?? 0);
}

/**
 * Ends with 1 on a server whose K3s is not of the same minor or the one before, as after a site was out of reach for a year: neither the controller nor
 * what exchanges the binary looks, and Kubernetes takes no server over two minors at once. The Job is tried again, and says why. The whole host is at
 * `/host` in each container of a Plan. Agents may be several minors behind. Without `$(`, which the kubelet reads first.
 *
 * @see https://kubernetes.io/releases/version-skew-policy
 */
export function refuseSkip(to: string, binary = '/host/usr/local/bin/k3s'): string {
  const minor = parseK3sVersion(to)?.minor ?? 0;
  return shellText`
${binary} --version | {
  read -r _ _ have _ || :
  case $have in v1.${String(minor - 1)}.* | v1.${String(minor)}.*) exit 0 ;; esac
  echo "edgecdk: K3s \${have:-(none) in ${binary}} does not move to ${to}; move the cluster over each minor between" >&2
  exit 1
}
`;
}
