import { K3S_NETWORK_DEFAULTS, type K3sConfig } from '../../../catalog/k3s-config';
import { K3S_RUNTIMES } from '../../../catalog/k3s-runtimes';
import { OPERATING_SYSTEMS } from '../../../catalog/operating-systems';
import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, secretPath, WRITTEN_BY } from '../../../render/node/node-file';
import { runtimeKeys } from '../../../render/node/runtimes/refusals';
import { yamlText } from '../../../render/node/yaml-text';
import { backupConfig } from './backup';
import { hardeningConfig } from './hardening';
import { kubeletArguments } from './kubelet';
import { COMPOSED_REGISTRIES, hasRegistryCredentials } from './registries';
import { hasOwnContainerd, runtimeOf } from './runtime';

const FOLDER = '/etc/rancher/k3s';

/**
 * `config.yaml`, and beside it what has another effect. No key stands in two of the files: the later one would replace
 * the whole list of the earlier.
 */
export function configFiles(input: K3sNodeInput, role: 'server' | 'agent'): NodeFile[] {
  const { token, agentToken, datastore } = input.secrets;
  const own = role === 'server' ? [token, agentToken, datastore] : [agentToken];
  const secrets = own.filter((name) => name !== undefined);
  const config = role === 'server' ? serverConfig(input) : agentConfig(input);
  const files = [
    nodeFile(`${FOLDER}/config.yaml`, 'restart', configText(config), { mode: '0600', secrets }),
    ...runtimeConfig(input),
    ...uncheckedConfig(input),
  ];
  if (role === 'agent') return files;
  return [
    ...files,
    nodeFile(`${FOLDER}/config.yaml.d/20-fixed.yaml`, 'reprovision', `${FIXED}${configText(fixedConfig(input))}`, {
      mode: '0600',
    }),
    ...(encryptsSecrets(input)
      ? // Written once and never taken away: without the key's configuration, what is encrypted could not be read.
        [
          nodeFile(`${FOLDER}/config.yaml.d/30-encryption.yaml`, 'once', configText({ 'secrets-encryption': true }), {
            mode: '0600',
          }),
        ]
      : []),
  ];
}

const FIXED = '# Cannot be changed while the cluster lives.\n';

/** Containers of the runtime before would go on beside those of the new one: ports taken, volumes written to by both. */
function runtimeConfig(input: K3sNodeInput): NodeFile[] {
  if (hasOwnContainerd(input)) return [];
  const text = `# Cannot be changed while its containers run.\n${WRITTEN_BY}${yamlText(runtimeKeys(K3S_RUNTIMES[runtimeOf(input)]))}`;
  return [nodeFile(`${FOLDER}/config.yaml.d/25-runtime.yaml`, 'reprovision', text, { mode: '0600' })];
}

/** In a file of its own, so that everybody sees what nobody has checked. */
function uncheckedConfig({ cluster: { unchecked } }: K3sNodeInput): NodeFile[] {
  if (unchecked === undefined) return [];
  const text = `# Passed on unchecked.\n${WRITTEN_BY}${yamlText(unchecked)}`;
  return [nodeFile(`${FOLDER}/config.yaml.d/40-unchecked.yaml`, 'restart', text, { mode: '0600' })];
}

export function configText(config: K3sConfig): string {
  return `${WRITTEN_BY}${yamlText(config)}`;
}

function serverConfig(input: K3sNodeInput): K3sConfig {
  const { cluster, secrets } = input;
  return {
    ...agentConfig(input),
    'token-file': secrets.token && secretPath(secrets.token),
    'agent-token-file': secrets.agentToken && secretPath(secrets.agentToken),
    'embedded-registry': hasOwnContainerd(input) && cluster.embeddedRegistry === true ? true : undefined,
    'write-kubeconfig-mode': '0600',
    disable: cluster.disable.length > 0 ? [...cluster.disable].sort() : undefined,
    ...(cluster.hardening && hardeningConfig(cluster.version)),
    ...backupConfig(cluster),
  };
}

/** What servers have, too: a server runs a kubelet and a container runtime. */
function agentConfig(input: K3sNodeInput): K3sConfig {
  const { cluster, operatingSystem, secrets } = input;
  const kubelet = kubeletArguments(input);
  const own = hasOwnContainerd(input);
  return {
    'token-file': secrets.agentToken && secretPath(secrets.agentToken),
    'kubelet-arg': kubelet.length > 0 ? kubelet : undefined,
    // K3s breaks with some old iptables, and of a system that is not in the catalogue nobody knows which it has.
    'prefer-bundled-bin': Object.hasOwn(OPERATING_SYSTEMS, operatingSystem.name) ? undefined : true,
    'private-registry': own && hasRegistryCredentials(cluster) ? COMPOSED_REGISTRIES : undefined,
    'disable-default-registry-endpoint': own && cluster.onlyMirrors === true ? true : undefined,
    'protect-kernel-defaults': cluster.hardening ? true : undefined,
    // Of its own containerd: another runtime has it in its own configuration.
    selinux: own && operatingSystem.selinux ? true : undefined,
  };
}

/** Written out in full, so that it is equal whether a default is left out or said. */
function fixedConfig({ cluster }: K3sNodeInput): K3sConfig {
  const own = K3S_NETWORK_DEFAULTS;
  return {
    'cluster-cidr': cluster.clusterCidr ?? [own.clusterCidr],
    'service-cidr': cluster.serviceCidr ?? [own.serviceCidr],
    // K3s reckons it from a service network that is not its own.
    'cluster-dns': cluster.clusterDns ?? (cluster.serviceCidr === undefined ? [own.clusterDns] : undefined),
    'cluster-domain': cluster.clusterDomain ?? own.clusterDomain,
    'flannel-backend': cluster.flannelBackend ?? own.flannelBackend,
  };
}

export function encryptsSecrets({ cluster }: K3sNodeInput): boolean {
  return cluster.secretsEncryption || cluster.hardening;
}
