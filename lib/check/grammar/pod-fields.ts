import type { Entry } from './field';
import * as g from './grammars';

const labels: Entry = [g.labelKey, g.labelValue];

const names = [
  'serviceAccountName',
  'nodeName',
  'priorityClassName',
  'runtimeClassName',
  'configMap.name',
  'configMapRef.name',
  'configMapKeyRef.name',
  'secretRef.name',
  'secretKeyRef.name',
  'secret.secretName',
  'persistentVolumeClaim.claimName',
];

const counts = [
  'replicas',
  'minReadySeconds',
  'revisionHistoryLimit',
  'progressDeadlineSeconds',
  'completions',
  'parallelism',
  'backoffLimit',
  'activeDeadlineSeconds',
  'ttlSecondsAfterFinished',
  'successfulJobsHistoryLimit',
  'failedJobsHistoryLimit',
  'startingDeadlineSeconds',
  'terminationGracePeriodSeconds',
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
  'runAsUser',
  'runAsGroup',
  'fsGroup',
  'defaultMode',
];

/** Fields of pods, and of what makes pods. */
export function podFields(): Record<string, Entry> {
  const entries: Record<string, Entry> = {
    // Maps with names of the user's come first: such a name can be that of a field below.
    '**.metadata.labels': labels,
    '**.metadata.annotations': [g.annotationKey, g.anyText],
    '**.matchLabels': labels,
    '**.nodeSelector': labels,
    '**.matchExpressions.*.key': g.labelKey,
    '**.matchExpressions.*.values.*': g.labelValue,
    'spec.selector': labels, // of a ReplicationController: others have matchLabels, a map, there
    'spec.volumeClaimTemplates.*.metadata.name': g.dnsLabel,
    '**.hostAliases.*.hostnames.*': g.dnsSubdomain,
    '**.volumes.*.name': g.dnsLabel,
    '**.volumes.*.*.sizeLimit': g.quantity,
    '**.imagePullSecrets.*.name': g.dnsSubdomain,
    '**.tolerationSeconds': g.integer,
    '**.rollingUpdate.maxUnavailable': g.countOrPercent,
    '**.rollingUpdate.maxSurge': g.countOrPercent,
  };
  for (const field of names) entries[`**.${field}`] = g.orNothing(g.dnsSubdomain);
  for (const field of counts) entries[`**.${field}`] = g.count;
  for (const list of ['containers', 'initContainers']) {
    Object.assign(entries, {
      [`**.${list}.*.name`]: g.dnsLabel,
      [`**.${list}.*.image`]: g.image,
      [`**.${list}.*.env.*.name`]: g.envName,
      [`**.${list}.*.env.*.value`]: g.anyText,
      [`**.${list}.*.command.*`]: g.anyText,
      [`**.${list}.*.args.*`]: g.anyText,
      [`**.${list}.*.ports.*.name`]: g.orNothing(g.portName),
      [`**.${list}.*.ports.*.containerPort`]: g.portNumber,
      [`**.${list}.*.ports.*.hostPort`]: g.orNothing(g.portNumber),
      [`**.${list}.*.*.httpGet.port`]: g.port,
      [`**.${list}.*.*.tcpSocket.port`]: g.port,
      [`**.${list}.*.*.grpc.port`]: g.portNumber,
      [`**.${list}.*.volumeMounts.*.name`]: g.dnsLabel,
      [`**.${list}.*.volumeMounts.*.mountPath`]: g.absolutePath,
    });
  }
  return entries;
}
