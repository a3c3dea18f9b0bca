import { K3S_NETWORK_DEFAULTS, type K3sConfig } from '../../../catalog/k3s-config';
import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, secretPath, WRITTEN_BY } from '../../../render/node/node-file';
import { yamlText } from '../../../render/node/yaml-text';
import { backupConfig } from './backup';
import { hardeningConfig } from './hardening';
import { kubeletArguments } from './kubelet';
import { COMPOSED_REGISTRIES, hasRegistryCredentials } from './registries';

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
  const files = [nodeFile(`${FOLDER}/config.yaml`, 'restart', configText(config), { mode: '0600', secrets })];
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

export function configText(config: K3sConfig): string {
  return `${WRITTEN_BY}${yamlText(config)}`;
}

function serverConfig(input: K3sNodeInput): K3sConfig {
  const { cluster, secrets } = input;
  return {
    ...agentConfig(input),
    'token-file': secrets.token && secretPath(secrets.token),
    'agent-token-file': secrets.agentToken && secretPath(secrets.agentToken),
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
  return {
    'token-file': secrets.agentToken && secretPath(secrets.agentToken),
    'kubelet-arg': kubelet.length > 0 ? kubelet : undefined,
    'private-registry': hasRegistryCredentials(cluster) ? COMPOSED_REGISTRIES : undefined,
    'disable-default-registry-endpoint': cluster.onlyMirrors === true ? true : undefined,
    'protect-kernel-defaults': cluster.hardening ? true : undefined,
    selinux: operatingSystem.selinux ? true : undefined,
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
