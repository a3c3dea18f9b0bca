import { UPGRADE_IMAGE_MIB, upgradeImage } from '../../catalog/k3s-images';
import type { KubeObject } from '../../model/kube-object';
import type { LinkModel } from '../../model/link-model';
import { UPGRADE_ACCOUNT, UPGRADE_NAMESPACE } from './upgrade-controller';

export interface K3sUpgradeInput {
  /** Release that the nodes come to: `v1.34.3+k3s1`. */
  readonly to: string;
  /** Whether any node is an agent. */
  readonly agents: boolean;
  readonly link: LinkModel;
  /** When an upgrade may begin. @default - at any time */
  readonly window?: UpgradeWindow;
  /** Of the site, `Europe/Berlin`; may be a token. */
  readonly timeZone: string;
}

export interface UpgradeWindow {
  readonly days: readonly Day[];
  /** `01:00`, in the site's time. */
  readonly start: string;
  /** `04:00`, on the same day. */
  readonly end: string;
}

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Day = (typeof DAYS)[number];

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
      ...(window !== undefined && {
        window: { days: [...window.days], startTime: window.start, endTime: window.end, timeZone },
      }),
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

/** What is wrong with a window and what to do, or undefined. The controller takes a wrong one, and then never upgrades. */
export function upgradeWindowProblem({ days, start, end }: UpgradeWindow): string | undefined {
  if (days.length === 0) return 'names no day, so that no upgrade would ever begin; name one at least';
  const unknown = days.find((day) => !DAYS.includes(day));
  if (unknown !== undefined) return `names the day ${JSON.stringify(unknown)}; take ${DAYS.join(', ')}`;
  const wrong = [start, end].find((time) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(time));
  if (wrong !== undefined) return `has the time ${JSON.stringify(wrong)}; write it as 01:00`;
  if (start >= end) {
    return `ends at ${end} and starts at ${start}: a window does not go past midnight; take two times of one day`;
  }
  return undefined;
}
