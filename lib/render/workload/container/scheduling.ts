import type { DeviceClassModel } from '../../../model/device-class-model';
import { kubernetesArch } from '../../../model/platform';
import type { ContainerContent, ContainerWorkloadModel, RunModel } from '../../../model/workload-model';
import { type Fields, podLabels } from './names';

/** Node label that EdgeCDK sets at registration: the id of the device class. */
export const deviceClassLabel = 'edgecdk.dev/device-class';

const week = 7 * 24 * 3600;

/** On which nodes the pods may be, and for how long they stay with a node that does not answer. */
export function schedulingOf(
  workload: ContainerWorkloadModel,
  content: ContainerContent,
  deviceClasses: readonly DeviceClassModel[],
): Fields {
  const { run } = content;
  const several = (run.kind === 'replicas' || run.kind === 'stateful') && run.replicas > 1;
  return {
    affinity: affinityOf(workload, content, deviceClasses),
    tolerations: tolerationsOf(run),
    // Soft: a site that is down to one node still runs all of them.
    topologySpreadConstraints: several
      ? [
          {
            maxSkew: 1,
            topologyKey: 'kubernetes.io/hostname',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: podLabels(workload) },
          },
        ]
      : undefined,
  };
}

/** Only what some node of the cluster does not fulfil: where all fit, the pod says nothing of nodes. */
function affinityOf(
  { placement: { onNodes } }: ContainerWorkloadModel,
  content: ContainerContent,
  deviceClasses: readonly DeviceClassModel[],
): Fields | undefined {
  const meant = onNodes ? deviceClasses.filter((c) => onNodes.includes(c.path)) : deviceClasses;
  if (meant.length === 0) return undefined; // a site without such nodes, which the checks report
  const matchExpressions = [
    ...(meant.length < deviceClasses.length
      ? [
          isIn(
            deviceClassLabel,
            meant.map((c) => c.id),
          ),
        ]
      : []),
    ...architecture(content, meant),
  ];
  if (matchExpressions.length === 0) return undefined;
  const nodeSelectorTerms = [{ matchExpressions }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

function architecture({ platforms }: ContainerContent, deviceClasses: readonly DeviceClassModel[]): Fields[] {
  if (!platforms) return [];
  const built = new Set(platforms.map(kubernetesArch));
  const present = new Set(deviceClasses.flatMap((c) => c.hardware.platforms.map(kubernetesArch)));
  const allFit = [...present].every((arch) => built.has(arch));
  // Of one architecture that does not fit there is nothing to choose: the capacity check refuses it.
  return allFit || present.size < 2 ? [] : [isIn('kubernetes.io/arch', [...built])];
}

function isIn(key: string, values: readonly string[]): Fields {
  return { key, operator: 'In', values: [...values].sort() };
}

/**
 * Kubernetes' own five minutes would make pods anew elsewhere whenever a node is switched off for a night. DaemonSets tolerate it by themselves.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions
 */
function tolerationsOf(run: RunModel): Fields[] | undefined {
  if (run.kind === 'every-node') return undefined;
  const tolerationSeconds = 'moveAfterSeconds' in run ? run.moveAfterSeconds : week;
  return ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds,
  }));
}
