import { MICROK8S_TOKEN_LENGTH } from '../../../catalog/microk8s';
import { sorted } from '../../../model/digest';
import type { MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import type { NodeSecretUse } from '../../../model/node-tree';
import { credentialNames } from './registries';

/** The files in `/etc/edgecdk/secrets` that a node must have, by name; servers and workers have the same. */
export function microk8sSecretUses({ cluster, token }: MicroK8sNodeInput): NodeSecretUse[] {
  const uses: NodeSecretUse[] = credentialNames(cluster).map((name) => ({
    name,
    form: 'user-password',
    keys: [],
    purpose: 'images are pulled with it',
  }));
  if (token !== undefined)
    uses.push({
      name: token,
      form: 'token',
      keys: [],
      digits: MICROK8S_TOKEN_LENGTH,
      purpose: `nodes join the cluster with it: ${MICROK8S_TOKEN_LENGTH} hexadecimal digits or more`,
    });
  return sorted(uses, ({ name }) => name);
}
