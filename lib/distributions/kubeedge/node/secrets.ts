import type { KubeEdgeNodeInput } from '../../../model/kubeedge-node-input';
import type { NodeSecretUse } from '../../../model/node-tree';

/** Files of the folder that a preissued certificate is. */
export const CERTIFICATE_FILES = ['ca.crt', 'node.crt', 'node.key'] as const;

/** The files in `/etc/edgecdk/secrets` that a node must have. A token is none of them: it is one for all nodes, lives a day, and is kept nowhere. */
export function kubeEdgeSecretUses({ enrolment }: Pick<KubeEdgeNodeInput, 'enrolment'>): NodeSecretUse[] {
  if (enrolment.kind === 'token') return [];
  return [
    {
      name: enrolment.secret,
      form: 'folder',
      keys: CERTIFICATE_FILES,
      perNode: true,
      certificate: { file: 'node.crt', key: 'node.key', commonName: 'system:node:{node}' },
      purpose:
        'the certificate of this one node, by which cloudcore knows it, and the authority that it knows cloudcore by',
    },
  ];
}
