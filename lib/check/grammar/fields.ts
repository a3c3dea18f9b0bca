import { apiGroup, type KubeObject } from '../../model/kube-object';
import * as g from './grammars';
import type { Grammar } from './grammars';

/** Which grammar holds at a place of an object. `*` in a pattern is one step, `**` any number of them. */
interface Field {
  /** `apps/Deployment`, `/Service`. @default - every object, custom resources too */
  readonly kinds?: ReadonlySet<string>;
  readonly pattern: readonly string[];
  /** The name of the entry, or what it holds. */
  readonly on: 'key' | 'value';
  readonly grammar: Grammar;
}

/** A grammar for a value; a pair for a map: for its keys, and for what they hold. */
type Entry = Grammar | readonly [keys: Grammar, values: Grammar | undefined];

function fields(kinds: readonly string[] | undefined, entries: Readonly<Record<string, Entry>>): Field[] {
  return Object.entries(entries).flatMap(([written, entry]): Field[] => {
    const where = { kinds: kinds && new Set(kinds), pattern: written.split('.') };
    if ('means' in entry) return [{ ...where, on: 'value', grammar: entry }];
    const [keys, values] = entry;
    const pattern = [...where.pattern, '*'];
    const ofKeys: Field = { ...where, pattern, on: 'key', grammar: keys };
    return values ? [ofKeys, { ...where, pattern, on: 'value', grammar: values }] : [ofKeys];
  });
}

const apps = ['apps/Deployment', 'apps/DaemonSet', 'apps/StatefulSet', 'apps/ReplicaSet'];
const podKinds = ['/Pod', '/PodTemplate', '/ReplicationController', ...apps, 'batch/Job', 'batch/CronJob'];
const rbac = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'].map((k) => `rbac.authorization.k8s.io/${k}`);
const labels: Entry = [g.labelKey, g.labelValue];

/** The first that matches holds. Kinds with a table of their own come before what holds for all. */
const FIELDS: readonly Field[] = [
  ...fields(['/Service'], {
    'metadata.name': g.serviceName,
    'spec.selector': labels,
    'spec.ports.*.name': g.dnsLabel,
    'spec.ports.*.port': g.portNumber,
    'spec.ports.*.nodePort': g.portNumber,
    'spec.ports.*.targetPort': g.port,
    'spec.externalName': g.dnsSubdomain,
  }),
  ...fields(['/Namespace'], { 'metadata.name': g.dnsLabel }),
  // Its pods bear its name as host name, its jobs' pods as label: both are shorter than a name may be.
  ...fields(['apps/StatefulSet'], { 'metadata.name': g.dnsLabel, 'spec.serviceName': g.serviceName }),
  ...fields(['batch/Job'], { 'metadata.name': g.shortSubdomain(63) }),
  ...fields(['batch/CronJob'], { 'metadata.name': g.shortSubdomain(52), 'spec.schedule': g.cron }),
  // The name of a Helm release.
  ...fields(['helm.cattle.io/HelmChart'], {
    'metadata.name': g.shortLabel(53),
    'spec.targetNamespace': g.dnsLabel,
    'spec.version': g.anyText,
  }),
  ...fields(rbac, { 'metadata.name': g.pathSegment, 'roleRef.name': g.pathSegment }),
  ...fields(['/ConfigMap'], { data: [g.dataKey, g.anyText], binaryData: [g.dataKey, undefined] }),
  // What a Secret holds must not show in a message.
  ...fields(['/Secret'], { data: [g.dataKey, undefined], stringData: [g.dataKey, undefined] }),
  ...fields(['networking.k8s.io/Ingress'], {
    'spec.ingressClassName': g.dnsSubdomain,
    'spec.rules.*.host': g.host,
    'spec.rules.*.http.paths.*.path': g.urlPath,
    'spec.tls.*.hosts.*': g.host,
    'spec.tls.*.secretName': g.dnsSubdomain,
    '**.service.name': g.serviceName,
    '**.service.port.name': g.portName,
    '**.service.port.number': g.portNumber,
  }),
  ...fields(['networking.k8s.io/NetworkPolicy'], {
    '**.matchLabels': labels,
    'spec.*.*.ports.*.port': g.port,
  }),
  ...fields(['policy/PodDisruptionBudget'], {
    '**.matchLabels': labels,
    'spec.minAvailable': g.countOrPercent,
    'spec.maxUnavailable': g.countOrPercent,
  }),
  ...fields(['autoscaling/HorizontalPodAutoscaler'], { 'spec.minReplicas': g.count, 'spec.maxReplicas': g.count }),
  ...fields(['/PersistentVolume'], { 'spec.capacity': [g.labelKey, g.quantity] }),
  ...fields(['/ResourceQuota'], { 'spec.hard': [g.labelKey, g.quantity] }),
  ...fields(['/PersistentVolumeClaim', '/PersistentVolume', ...podKinds], {
    '**.resources.requests': [g.labelKey, g.quantity],
    '**.resources.limits': [g.labelKey, g.quantity],
    '**.storageClassName': g.dnsSubdomain,
    '**.hostPath.path': g.absolutePath,
  }),
  ...fields(podKinds, podFields()),
  ...fields(undefined, {
    'metadata.name': g.dnsSubdomain,
    'metadata.namespace': g.dnsLabel,
    '**.metadata.labels': labels,
    '**.metadata.annotations': [g.annotationKey, g.anyText],
  }),
];

function podFields(): Record<string, Entry> {
  const entries: Record<string, Entry> = {
    '**.matchLabels': labels,
    '**.nodeSelector': labels,
    '**.matchExpressions.*.key': g.labelKey,
    '**.matchExpressions.*.values.*': g.labelValue,
    'spec.selector': labels, // of a ReplicationController: others have matchLabels, a map, there
    '**.hostAliases.*.hostnames.*': g.dnsSubdomain,
    '**.volumes.*.name': g.dnsLabel,
    '**.volumes.*.*.sizeLimit': g.quantity,
    '**.imagePullSecrets.*.name': g.dnsSubdomain,
    '**.tolerationSeconds': g.integer,
    '**.rollingUpdate.maxUnavailable': g.countOrPercent,
    '**.rollingUpdate.maxSurge': g.countOrPercent,
  };
  for (const field of names) entries[`**.${field}`] = g.dnsSubdomain;
  for (const field of counts) entries[`**.${field}`] = g.count;
  for (const list of ['containers', 'initContainers']) {
    Object.assign(entries, {
      [`**.${list}.*.name`]: g.dnsLabel,
      [`**.${list}.*.image`]: g.image,
      [`**.${list}.*.env.*.name`]: g.envName,
      [`**.${list}.*.env.*.value`]: g.anyText,
      [`**.${list}.*.command.*`]: g.anyText,
      [`**.${list}.*.args.*`]: g.anyText,
      [`**.${list}.*.ports.*.name`]: g.portName,
      [`**.${list}.*.ports.*.containerPort`]: g.portNumber,
      [`**.${list}.*.ports.*.hostPort`]: g.portNumber,
      [`**.${list}.*.*.httpGet.port`]: g.port,
      [`**.${list}.*.*.tcpSocket.port`]: g.port,
      [`**.${list}.*.*.grpc.port`]: g.portNumber,
      [`**.${list}.*.volumeMounts.*.name`]: g.dnsLabel,
      [`**.${list}.*.volumeMounts.*.mountPath`]: g.absolutePath,
    });
  }
  return entries;
}

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

export type GrammarOf = (path: readonly (string | number)[], isKey: boolean) => Grammar | undefined;

/** The grammars of an object's places. */
export function grammarsFor(object: KubeObject): GrammarOf {
  const kind = `${apiGroup(object.apiVersion)}/${object.kind}`;
  const own = FIELDS.filter((field) => !field.kinds || field.kinds.has(kind));
  return (path, isKey) => own.find(({ on, pattern }) => (on === 'key') === isKey && matches(pattern, path))?.grammar;
}

function matches(pattern: readonly string[], path: readonly (string | number)[], p = 0, i = 0): boolean {
  if (p === pattern.length) return i === path.length;
  if (pattern[p] === '**') {
    for (let skip = i; skip <= path.length; skip++) if (matches(pattern, path, p + 1, skip)) return true;
    return false;
  }
  return (
    i < path.length && (pattern[p] === '*' || pattern[p] === String(path[i])) && matches(pattern, path, p + 1, i + 1)
  );
}
