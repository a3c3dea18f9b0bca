import type { K3sNodeInput } from '../../../model/k3s-node-input';
import {
  hasCredentials,
  installUrlRefusal,
  mirrorSecrets,
  mirrorUrlRefusals,
  secretRefusals,
} from '../../../render/node/secret-refusals';

/** What is wrong with names of secrets, and with the command that brings them. */
export function k3sSecretRefusals(input: K3sNodeInput): Array<string | false> {
  const { cluster, secrets } = input;
  const named = [
    { use: 'the token of servers', name: secrets.token },
    { use: 'the token of agents', name: secrets.agentToken },
    { use: 'the external datastore', name: secrets.datastore },
    { use: 'the certificate authorities', name: secrets.certificateAuthority, isFolder: true },
    { use: 'the bucket', name: cluster.backup.kind === 's3' ? cluster.backup.credentials : undefined },
    ...mirrorSecrets(cluster.registries),
  ];
  return secretRefusals(named, input);
}

/** What is wrong with addresses: each of them stands in a node tree or in a manifest, which are no place for credentials. */
export function k3sUrlRefusals({ cluster, install }: K3sNodeInput): Array<string | false> {
  const { backup } = cluster;
  return [
    ...mirrorUrlRefusals(cluster.registries),
    install.mode !== 'preloaded' && installUrlRefusal('K3s', install.baseUrl),
    backup.kind === 's3' &&
      hasCredentials(backup.endpoint) &&
      'the endpoint of the bucket has credentials in it; they belong in its secret',
  ];
}
