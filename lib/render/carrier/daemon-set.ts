import type { KubeObject } from '../../model/kube-object';
import type { CarrierCluster } from './carrier-cluster';
import { INBOX } from './carry-script';
import type { VolumeSource } from './config-maps';

export interface CarrierPods {
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly role: 'server' | 'agent';
  readonly deviceClassId: string;
  readonly cluster: CarrierCluster;
  /** Of all that the pod brings. */
  readonly digest: string;
  readonly sources: readonly VolumeSource[];
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * One pod per machine. Its first container brings the tree and ends with what became of it; only then is the pod ready, and only then does the next
 * machine get its own. So a tree that fails on one machine of a site goes no further, and neither do two servers of a class restart at once. The price:
 * a machine that is dead holds up those of its role and class until it is back, or its Node is removed from the cluster.
 */
export function carrierDaemonSet(pods: CarrierPods): KubeObject {
  const { name, namespace, role, deviceClassId, annotations } = pods;
  const labels = {
    'app.kubernetes.io/name': 'edgecdk-carrier',
    'edgecdk.dev/role': role,
    'edgecdk.dev/device-class': deviceClassId,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace, labels, annotations },
    spec: {
      revisionHistoryLimit: 2,
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      template: { metadata: { labels }, spec: podSpec(pods) },
    },
  };
}

function podSpec({ serviceAccount, role, deviceClassId, cluster, digest, sources }: CarrierPods) {
  const { image, idle, serverLabel } = cluster;
  return {
    ...nodesOf(role, deviceClassId, serverLabel),
    // What mends a machine must start on one that is full, tainted or under pressure.
    tolerations: [{ operator: 'Exists' }],
    priorityClassName: 'system-node-critical',
    hostPID: true,
    serviceAccountName: serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 5,
    initContainers: [
      {
        name: 'carry',
        image,
        imagePullPolicy: 'IfNotPresent',
        command: ['/bin/sh', '/payload/carry.sh', digest],
        // "kubectl describe pod" then shows why a machine has not taken the tree.
        terminationMessagePolicy: 'FallbackToLogsOnError',
        securityContext: { privileged: true, runAsUser: 0, readOnlyRootFilesystem: true },
        resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
        volumeMounts: [
          { name: 'payload', mountPath: '/payload', readOnly: true },
          { name: 'inbox', mountPath: INBOX },
        ],
      },
    ],
    containers: [
      {
        name: 'done',
        image: idle.image,
        imagePullPolicy: 'IfNotPresent',
        ...(idle.command && { command: idle.command }),
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          runAsUser: 65535,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        },
        resources: { requests: { cpu: '1m', memory: '4Mi' }, limits: { memory: '16Mi' } },
      },
    ],
    volumes: [
      { name: 'payload', projected: { defaultMode: 0o444, sources } },
      { name: 'inbox', hostPath: { path: INBOX, type: 'DirectoryOrCreate' } },
    ],
  };
}

/** Servers bear a label, and agents are all others. */
function nodesOf(role: 'server' | 'agent', deviceClassId: string, { name, value }: CarrierCluster['serverLabel']) {
  const deviceClass = { 'edgecdk.dev/device-class': deviceClassId };
  if (role === 'server') return { nodeSelector: { ...deviceClass, [name]: value } };
  const isAgent = { matchExpressions: [{ key: name, operator: 'DoesNotExist' }] };
  return {
    nodeSelector: deviceClass,
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [isAgent] } } },
  };
}
