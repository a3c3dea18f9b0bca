import { sorted } from '../../../model/digest';
import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeSecretUse } from '../../../model/node-tree';
import { AUTHORITY_FILES } from './authority';
import { credentialNames } from './registries';

/** The files in `/etc/edgecdk/secrets` that a node of this role must have, by name. */
export function secretUses({ cluster, secrets }: K3sNodeInput, role: 'server' | 'agent'): NodeSecretUse[] {
  const uses: NodeSecretUse[] = credentialNames(cluster).map((name) => ({
    name,
    form: 'user-password',
    keys: [],
    purpose: 'images are pulled with it',
  }));
  if (secrets.agentToken !== undefined)
    uses.push({ name: secrets.agentToken, form: 'token', keys: [], purpose: 'agents join the cluster with it' });
  if (role === 'agent') return sorted(uses, ({ name }) => name);
  if (secrets.token !== undefined)
    uses.push({ name: secrets.token, form: 'token', keys: [], purpose: 'servers join the cluster with it' });
  if (secrets.certificateAuthority !== undefined)
    uses.push({
      name: secrets.certificateAuthority,
      form: 'folder',
      keys: AUTHORITY_FILES,
      purpose: 'certificate authorities of the cluster, which it begins with',
    });
  if (cluster.datastore === 'external' && secrets.datastore !== undefined)
    uses.push({
      name: secrets.datastore,
      form: 'environment',
      keys: ['K3S_DATASTORE_ENDPOINT'],
      purpose: 'servers reach the database with it',
    });
  if (cluster.datastore === 'etcd' && cluster.backup.kind === 's3')
    uses.push({
      name: cluster.backup.credentials,
      form: 'environment',
      keys: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
      purpose: 'snapshots are uploaded with it',
    });
  return sorted(uses, ({ name }) => name);
}
