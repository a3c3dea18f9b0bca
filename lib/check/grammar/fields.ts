import { apiGroup, type KubeObject } from '../../model/kube-object';
import { type Entry, type Field, fields, matches } from './field';
import type { Grammar } from './grammars';
import * as g from './grammars';
import { podFields } from './pod-fields';

const apps = ['apps/Deployment', 'apps/DaemonSet', 'apps/StatefulSet', 'apps/ReplicaSet'];
const podKinds = ['/Pod', '/ReplicationController', ...apps, 'batch/Job', 'batch/CronJob'];
const rbac = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'].map((k) => `rbac.authorization.k8s.io/${k}`);
const labels: Entry = [g.labelKey, g.labelValue];

/** The first that matches holds. Kinds with a table of their own come before what holds for all. */
const FIELDS: readonly Field[] = [
  ...fields(['/Service'], {
    'metadata.name': g.serviceName,
    'spec.selector': labels,
    'spec.ports.*.name': g.orNothing(g.dnsLabel),
    'spec.ports.*.port': g.portNumber,
    'spec.ports.*.nodePort': g.orNothing(g.portNumber),
    'spec.ports.*.targetPort': g.orNothing(g.port),
    'spec.externalName': g.orNothing(g.dnsSubdomain),
  }),
  ...fields(['/Namespace'], { 'metadata.name': g.dnsLabel }),
  // Their pods bear the name in host names and labels, with more after it: so it is shorter than a name may be.
  ...fields(['apps/StatefulSet'], {
    'metadata.name': g.shortLabel(52),
    'spec.serviceName': g.orNothing(g.serviceName),
  }),
  ...fields(['batch/Job'], { 'metadata.name': g.shortSubdomain(63) }),
  ...fields(['batch/CronJob'], { 'metadata.name': g.shortSubdomain(52), 'spec.schedule': g.cron }),
  // The name of a Helm release.
  ...fields(['helm.cattle.io/HelmChart'], {
    // The helm-controller installs it by a Job `helm-install-<name>`, and a Job's name has 63 characters.
    'metadata.name': g.shortLabel(50),
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
    'spec.tls.*.secretName': g.orNothing(g.dnsSubdomain),
    '**.service.name': g.serviceName,
    '**.service.port.name': g.orNothing(g.portName),
    '**.service.port.number': g.orNothing(g.portNumber),
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
  ...fields(['devices.kubeedge.io/Device'], {
    'spec.nodeName': g.dnsSubdomain,
    'spec.properties.*.desired.value': g.twinValue,
  }),
  ...fields(['/PersistentVolume'], { 'spec.capacity': [g.labelKey, g.quantity] }),
  ...fields(['/ResourceQuota'], { 'spec.hard': [g.labelKey, g.quantity] }),
  ...fields(['/PersistentVolumeClaim', '/PersistentVolume', ...podKinds], {
    '**.resources.requests': [g.labelKey, g.quantity],
    '**.resources.limits': [g.labelKey, g.quantity],
    '**.storageClassName': g.orNothing(g.dnsSubdomain),
    '**.hostPath.path': g.absolutePath,
  }),
  ...fields(podKinds, podFields()),
  ...fields(undefined, {
    'metadata.name': g.dnsSubdomain,
    'metadata.namespace': g.dnsLabel,
    'metadata.labels': labels,
    'metadata.annotations': [g.annotationKey, g.anyText],
  }),
];

export type GrammarOf = (path: readonly (string | number)[], isKey: boolean) => Grammar | undefined;

/** The grammars of an object's places. */
export function grammarsFor(object: KubeObject): GrammarOf {
  const kind = `${apiGroup(object.apiVersion)}/${object.kind}`;
  const own = FIELDS.filter((field) => !field.kinds || field.kinds.has(kind));
  return (path, isKey) => own.find(({ on, pattern }) => (on === 'key') === isKey && matches(pattern, path))?.grammar;
}
