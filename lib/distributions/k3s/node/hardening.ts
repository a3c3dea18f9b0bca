import { parseK3sVersion } from '../../../catalog/k3s';
import type { K3sConfig } from '../../../catalog/k3s-config';
import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, nodeFolder, WRITTEN_BY } from '../../../render/node/node-file';
import { yamlText } from '../../../render/node/yaml-text';

const SERVER = '/var/lib/rancher/k3s/server';

/** Minor of a release of K3s; what is no release counts as the newest. */
export function minorOf(version: string): number {
  return parseK3sVersion(version)?.minor ?? Number.POSITIVE_INFINITY;
}

/** @see K3s documentation, CIS Hardening Guide, Configuration for Kubernetes Components */
export function hardeningConfig(version: string): K3sConfig {
  const newer = minorOf(version) >= 29;
  return {
    'kube-apiserver-arg': [
      'enable-admission-plugins=NodeRestriction,EventRateLimit',
      `admission-control-config-file=${SERVER}/psa.yaml`,
      `audit-log-path=${SERVER}/logs/audit.log`,
      `audit-policy-file=${SERVER}/audit.yaml`,
      'audit-log-maxage=30',
      'audit-log-maxbackup=10',
      'audit-log-maxsize=100',
      ...(newer ? ['service-account-extend-token-expiration=false'] : []),
    ],
    'kube-controller-manager-arg': [`terminated-pod-gc-threshold=${newer ? 100 : 10}`],
  };
}

/** Of the kubelet, in the words of its configuration file. */
export const HARDENED_KUBELET = {
  streamingConnectionIdleTimeout: '5m',
  tlsCipherSuites: [
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305',
    'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305',
  ],
} as const;

export const HARDENED_SYSCTLS = '/etc/sysctl.d/90-kubelet.conf';

/** What must be there before K3s starts with `hardeningConfig`: it ends at once where one of them is missing. */
export function hardeningFiles({ cluster }: K3sNodeInput, role: 'server' | 'agent'): NodeFile[] {
  if (!cluster.hardening) return [];
  const sysctls = nodeFile(
    HARDENED_SYSCTLS,
    'live',
    `${WRITTEN_BY}# What the kubelet insists on with protect-kernel-defaults.
vm.panic_on_oom=0
vm.overcommit_memory=1
kernel.panic=10
kernel.panic_on_oops=1
`,
  );
  if (role === 'agent') return [sysctls];
  return [
    sysctls,
    nodeFile(`${SERVER}/psa.yaml`, 'restart', `${WRITTEN_BY}${yamlText(ADMISSION)}`, { mode: '0600' }),
    nodeFile(`${SERVER}/audit.yaml`, 'restart', `${WRITTEN_BY}${yamlText(AUDIT_POLICY)}`, { mode: '0600' }),
    nodeFolder(`${SERVER}/logs/`, 'restart'),
  ];
}

/**
 * What runs the cluster itself is exempt: system-upgrade-controller needs the host, as does the DaemonSet that brings node trees.
 *
 * @see Kubernetes documentation, Admission Control in Kubernetes, EventRateLimit; Rancher documentation, RKE, Rate Limiting
 */
const ADMISSION = {
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'AdmissionConfiguration',
  plugins: [
    {
      // Without a limit the plug-in does not start, nor does the API server. This one is the default of RKE.
      name: 'EventRateLimit',
      configuration: {
        apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1',
        kind: 'Configuration',
        limits: [{ type: 'Server', qps: 5000, burst: 20000 }],
      },
    },
    {
      name: 'PodSecurity',
      configuration: {
        apiVersion: 'pod-security.admission.config.k8s.io/v1',
        kind: 'PodSecurityConfiguration',
        defaults: {
          enforce: 'restricted',
          'enforce-version': 'latest',
          audit: 'restricted',
          'audit-version': 'latest',
          warn: 'restricted',
          'warn-version': 'latest',
        },
        exemptions: {
          usernames: [],
          runtimeClasses: [],
          namespaces: ['edgecdk-system', 'kube-system', 'system-upgrade'],
        },
      },
    },
  ],
};

/** Who did what to which object, without contents: a Secret's content would be in the log. */
const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
};
