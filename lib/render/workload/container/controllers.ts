import type { KubeObject } from '../../../model/kube-object';
import type { ContainerContent, ContainerWorkloadModel } from '../../../model/workload-model';
import { ContentError } from '../../render-context';
import { type Fields, metadataOf, nonEmpty, podLabels } from './names';

/** Old revisions that are kept for a look back: each is a whole pod template in a small database. */
const revisionHistoryLimit = 2;

/** The object that runs the pods. */
export function controllerOf(
  workload: ContainerWorkloadModel,
  { run }: ContainerContent,
  template: Fields,
  claimTemplates: readonly Fields[],
): KubeObject {
  const metadata = metadataOf(workload);
  const selector = { matchLabels: podLabels(workload) };
  switch (run.kind) {
    case 'replicas': {
      const spec = {
        replicas: run.replicas,
        revisionHistoryLimit,
        strategy: strategyOf(run.replicas),
        selector,
        template,
      };
      return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec };
    }
    case 'every-node': {
      // A node that is away counts as unavailable: with 1, one dead box would stop the update of all others.
      const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '50%' } };
      const spec = { revisionHistoryLimit, updateStrategy, selector, template };
      return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec };
    }
    case 'stateful':
      return statefulSet(workload, run.replicas, template, claimTemplates);
    case 'once':
      return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { backoffLimit: untilItSucceeds, template } };
    case 'schedule':
      return { apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: cronJobSpec(run.cron, template) };
  }
}

/**
 * An update never needs room for one pod more than before: on a node of 1 GB the new pod would wait for memory that the old one holds, and the update
 * for the new pod, for ever. So old pods go first, one at a time. A single one goes entirely before the next is made: it may hold a volume, a device, a
 * port of the node or a GPU, and what does not bear a minute without it needs a second replica anyway, since a restart of the node takes longer.
 */
function strategyOf(replicas: number): Fields {
  if (replicas <= 1) return { type: 'Recreate' };
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
}

/** Its pods bear the name with ten letters of a digest as a label, which has 63. */
const longestStatefulSet = 52;

/**
 * Pods start side by side: in Kubernetes' default order, a pod that does not get well holds up the others after a power cut, and its own mending too.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback
 */
function statefulSet(
  workload: ContainerWorkloadModel,
  replicas: number,
  template: Fields,
  claimTemplates: readonly Fields[],
): KubeObject {
  if (workload.id.length > longestStatefulSet) {
    throw new ContentError(
      `is stateful with an id of ${workload.id.length} letters; take up to ${longestStatefulSet}, since Kubernetes labels its pods with more than the name`,
    );
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(workload),
    spec: {
      serviceName: workload.id,
      replicas,
      revisionHistoryLimit,
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      selector: { matchLabels: podLabels(workload) },
      template,
      volumeClaimTemplates: nonEmpty(claimTemplates),
    },
  };
}

/**
 * The largest number that the field takes. Kubernetes would give up after about ten minutes, less than many a link is down; tries come at most every
 * five minutes.
 *
 * A finished Job stays, without a time to live, so that applying it again runs nothing. Its pod template cannot be changed in place: K3s deletes a Job
 * whose template differs and makes it anew, so a changed content is one more run, and other ways of delivery refuse it.
 * @see https://github.com/rancher/wrangler, pkg/apply/reconcilers.go
 */
const untilItSucceeds = 2 ** 31 - 1;

/** A run that was missed while the site was off is made up for within a day, once, and never beside another. */
function cronJobSpec(schedule: string, template: Fields): Fields {
  return {
    schedule,
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 24 * 3600,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 1,
    jobTemplate: { spec: { template } },
  };
}
