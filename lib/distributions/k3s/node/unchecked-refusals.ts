import { K3S_CONFIG_KEYS } from '../../../catalog/k3s-config';
import type { K3sNodeInput } from '../../../model/k3s-node-input';

/** Keys whose values are secrets, or hold them. */
const SECRET = [
  'agent-token',
  'datastore-endpoint',
  'etcd-s3-access-key',
  'etcd-s3-secret-key',
  'etcd-s3-session-token',
  'token',
  'vpn-auth',
] as const;

/** What K3s is told by `apply.sh` alone, which knows whether a server is the first. */
const SCRIPT = ['server', 'cluster-reset', 'data-dir'] as const;

/** What is wrong with keys that are passed on unchecked. `key+` of K3s adds to a list, and names the same key. */
export function uncheckedRefusals({ cluster: { unchecked = {} } }: K3sNodeInput): string[] {
  return Object.entries(unchecked).flatMap(([said, value]) => {
    const key = said.replace(/\+$/, '');
    if (SECRET.some((name) => name === key))
      return [
        `${key} holds a secret, and a node tree is readable by many; name a secret with the property that is for it`,
      ];
    if (Object.hasOwn(K3S_CONFIG_KEYS, key) || SCRIPT.some((name) => name === key))
      return [
        `${key} is a key that EdgeCDK writes itself; say it with the property that is for it, and not in unchecked`,
      ];
    return value === null || value === undefined ? [`${key} in unchecked has no value; leave it out`] : [];
  });
}
