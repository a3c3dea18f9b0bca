import { k8s } from 'cdk8s-plus-27';
import type { KubeObject } from '../../../lib/model/kube-object';

type Manifest = { manifest(props?: unknown): unknown };
const kinds: Readonly<Record<string, Manifest>> = {
  ClusterRole: k8s.KubeClusterRole,
  ClusterRoleBinding: k8s.KubeClusterRoleBinding,
  ConfigMap: k8s.KubeConfigMap,
  DaemonSet: k8s.KubeDaemonSet,
  Deployment: k8s.KubeDeployment,
  Namespace: k8s.KubeNamespace,
  Role: k8s.KubeRole,
  RoleBinding: k8s.KubeRoleBinding,
  ServiceAccount: k8s.KubeServiceAccount,
};

/** Through the generated classes of cdk8s-plus-27 and back: they keep the fields that Kubernetes has, and drop any other. */
export function throughGeneratedClasses(object: KubeObject): unknown {
  const { apiVersion: _v, kind, ...props } = object;
  const found = kinds[kind];
  if (found === undefined) throw new Error(`no class for ${kind}`);
  return JSON.parse(JSON.stringify(found.manifest(typed(props, ''))));
}

/** What those classes call otherwise. */
const renamed: Readonly<Record<string, string>> = { hostIPC: 'hostIpc', hostPID: 'hostPid' };

/** Quantities, and numbers that may be texts, are objects in those classes. */
function typed(value: unknown, parent: string, field = ''): unknown {
  if (['requests', 'limits'].includes(parent)) return k8s.Quantity.fromString(String(value));
  if (['maxSurge', 'maxUnavailable'].includes(field)) return k8s.IntOrString.fromNumber(Number(value));
  if (Array.isArray(value)) return value.map((item) => typed(item, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [renamed[key] ?? key, typed(item, field, key)]));
}
