import { UPGRADE_CONTROLLER_IMAGE } from '../../catalog/k3s-images';
import type { KubeObject } from '../../model/kube-object';

/** Where the controller looks for Plans. The hardening of K3s makes an exception for it: see `distributions/k3s/node/hardening.ts`. */
export const UPGRADE_NAMESPACE = 'system-upgrade';

/** Of the controller, and of the Jobs that it makes: they ask the cluster which servers are done. */
export const UPGRADE_ACCOUNT = 'system-upgrade';

const name = 'system-upgrade-controller';
const labels = { 'app.kubernetes.io/name': name, 'upgrade.cattle.io/controller': name };

/**
 * system-upgrade-controller as a site needs it: without drains, so that it may not evict pods and needs no image of kubectl. Written for v0.20.
 * @see https://github.com/rancher/system-upgrade-controller
 */
export function upgradeController(): KubeObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: UPGRADE_NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
    },
    planDefinition(),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: UPGRADE_ACCOUNT, namespace: UPGRADE_NAMESPACE } },
    ...rights(),
    deployment(),
  ];
}

/**
 * The controller brings its own definition of Plans when it starts, with every field. This one is there before it, so that Plans can be applied
 * together with it; it takes any field, and so agrees with each version.
 */
function planDefinition(): KubeObject {
  const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'plans.upgrade.cattle.io' },
    spec: {
      group: 'upgrade.cattle.io',
      names: { kind: 'Plan', listKind: 'PlanList', plural: 'plans', singular: 'plan' },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: anything, status: anything } } },
        },
      ],
    },
  };
}

/** It marks nodes that are done, and makes Jobs beside itself. */
function rights(): KubeObject[] {
  const read = ['get', 'list', 'watch'];
  const write = [...read, 'create', 'patch', 'update', 'delete'];
  const cluster = [
    { apiGroups: [''], resources: ['nodes'], verbs: [...read, 'update'] },
    { apiGroups: [''], resources: ['namespaces'], verbs: read },
    { apiGroups: [''], resources: ['events'], verbs: ['get', 'create', 'patch', 'update'] },
    { apiGroups: ['batch'], resources: ['jobs'], verbs: read },
    {
      apiGroups: ['apiextensions.k8s.io'],
      resources: ['customresourcedefinitions'],
      verbs: [...read, 'create', 'patch', 'update'],
    },
    { apiGroups: ['upgrade.cattle.io'], resources: ['plans', 'plans/status'], verbs: write },
  ];
  const own = [
    { apiGroups: ['batch'], resources: ['jobs'], verbs: [...write, 'deletecollection'] },
    { apiGroups: [''], resources: ['secrets'], verbs: read },
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: [...read, 'create', 'patch', 'update'] },
  ];
  const group = 'rbac.authorization.k8s.io';
  const subjects = [{ kind: 'ServiceAccount', name: UPGRADE_ACCOUNT, namespace: UPGRADE_NAMESPACE }];
  const role = (kind: string, metadata: KubeObject['metadata'], rules: readonly unknown[]): KubeObject[] => [
    { apiVersion: `${group}/v1`, kind, metadata, rules },
    {
      apiVersion: `${group}/v1`,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: group, kind, name: metadata.name },
      subjects,
    },
  ];
  return [...role('ClusterRole', { name }, cluster), ...role('Role', { name, namespace: UPGRADE_NAMESPACE }, own)];
}

function deployment(): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: UPGRADE_NAMESPACE, labels },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 2,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: UPGRADE_ACCOUNT,
          enableServiceLinks: false,
          nodeSelector: { 'node-role.kubernetes.io/control-plane': 'true' },
          tolerations: [{ operator: 'Exists' }],
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name,
              image: UPGRADE_CONTROLLER_IMAGE.value,
              imagePullPolicy: 'IfNotPresent',
              env: ENVIRONMENT,
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                readOnlyRootFilesystem: true,
                runAsGroup: 65534,
                runAsNonRoot: true,
                runAsUser: 65534,
              },
              resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
            },
          ],
        },
      },
    },
  };
}

/** A node takes the image that it has: pulled ahead, or from a medium. A Job that fails is tried again until the Plan changes, not given up. */
const ENVIRONMENT = [
  { name: 'SYSTEM_UPGRADE_CONTROLLER_LEADER_ELECT', value: 'true' },
  { name: 'SYSTEM_UPGRADE_CONTROLLER_NAME', value: name },
  { name: 'SYSTEM_UPGRADE_CONTROLLER_NAMESPACE', value: UPGRADE_NAMESPACE },
  {
    name: 'SYSTEM_UPGRADE_CONTROLLER_NODE_NAME',
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } },
  },
  { name: 'SYSTEM_UPGRADE_JOB_BACKOFF_LIMIT', value: `${2 ** 31 - 1}` },
  { name: 'SYSTEM_UPGRADE_JOB_IMAGE_PULL_POLICY', value: 'IfNotPresent' },
  { name: 'SYSTEM_UPGRADE_JOB_PRIVILEGED', value: 'true' },
  { name: 'SYSTEM_UPGRADE_JOB_TTL_SECONDS_AFTER_FINISH', value: '900' },
];
