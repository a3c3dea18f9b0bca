import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';
import { shellText } from '../../../render/node/script/shell-text';

/**
 * What K3s takes in place of authorities that it makes, all of it: what is missing it would make itself, and pods, nodes and servers would trust
 * different ones. Those of etcd too, with any datastore.
 *
 * @see K3s documentation, k3s certificate, Using Custom CA Certificates
 */
export const AUTHORITY_FILES = [
  'client-ca.crt',
  'client-ca.key',
  'etcd/peer-ca.crt',
  'etcd/peer-ca.key',
  'etcd/server-ca.crt',
  'etcd/server-ca.key',
  'request-header-ca.crt',
  'request-header-ca.key',
  'server-ca.crt',
  'server-ca.key',
  'service.key',
] as const;

/** Says whose authorities a cluster began with, so that a change is seen where it comes too late. */
export function authorityFiles({ secrets }: K3sNodeInput, role: 'server' | 'agent'): NodeFile[] {
  const { certificateAuthority } = secrets;
  if (role === 'agent' || certificateAuthority === undefined) return [];
  const text = `${WRITTEN_BY}# This cluster began with certificate authorities of its own.\n`;
  return [nodeFile('/etc/edgecdk/certificate-authority', 'reprovision', text, { secrets: [certificateAuthority] })];
}

/**
 * Part of what comes before each start of K3s. Only a server that begins a cluster takes them: one that joins gets them from the servers there are, and
 * one that is restored from its copy. The certificates may have been exchanged since, and K3s does not start where its files are newer than its
 * database and differ. server-ca.crt comes last, and says that all are there.
 */
export const placeAuthorities = (secret: string): string => shellText`
tls=$root/var/lib/rancher/k3s/server/tls
db=$root/var/lib/rancher/k3s/server/db
if [ ! -e "$tls/server-ca.crt" ] && [ ! -e "$db/state.db" ] && [ ! -d "$db/etcd/member/wal" ] &&
  [ ! -f "$root/var/lib/edgecdk/restore" ] && [ ! -f "$root/etc/rancher/k3s/config.yaml.d/60-join.yaml" ]; then
  mkdir -p "\${tls%/server/tls}"
  (
    umask 077
    mkdir -p "$tls/etcd"
    for file in ${[...AUTHORITY_FILES.filter((file) => file !== 'server-ca.crt'), 'server-ca.crt'].join(' ')}; do
      from=$root/etc/edgecdk/secrets/${secret}/$file
      if [ ! -s "$from" ]; then
        say "the secret $from is not there"
        exit 1
      fi
      cp "$from" "$tls/$file.part"
      sync
      mv -f "$tls/$file.part" "$tls/$file"
    done
  )
fi
`;
