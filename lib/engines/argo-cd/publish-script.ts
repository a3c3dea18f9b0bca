import type { DeliveryContent } from '../../model/delivery';
import { deliveryFolder } from '../../model/folders';
import { shellText } from '../../model/shell-text';
import { modelOf } from './model';
import { registryOf } from './sources';

/** What Argo CD takes for the one layer of an artifact. @see https://argo-cd.readthedocs.io/en/stable/user-guide/oci/ */
const MEDIA_TYPE = 'application/vnd.oci.image.layer.v1.tar+gzip';

/**
 * `publish.sh`: pushes what Argo CD reads from a registry. It finds workloads and records by their folders, so it is the same for any number of them. What
 * would tell two artifacts of equal files apart is constant; oras takes a time that it is given. @see oras-project/oras-go, pack.go, ensureAnnotationCreated
 */
export function publishScript({ delivery, workloadsFolder, layers, sharedClusters }: DeliveryContent): string {
  const { source, shape } = modelOf(delivery);
  if (source.kind !== 'oci') throw new Error('only a registry is pushed to by a script');
  const own = deliveryFolder(delivery.engine.name);
  const shared = layers.length > 0 ? `${own}/workloads ${own}/projects` : `${own}/projects`;
  const records = shellText`
for folder in "$here"/sites/*; do
  [ -d "$folder" ] || continue
  shard=\${folder##*/}
  push "sites/$shard" ${source.tag} "$assembly" ${shared} "${own}/sites/$shard"
done
`;
  const clusters = sharedClusters.map(({ folder }) => `push ${folder} ${source.tag} "$assembly/${folder}" .`);
  const parts = [
    shellText`
#!/bin/sh
# Made by EdgeCDK. Pushes each workload as an artifact of its own under the tag that is given, then what sites have beside them.
# Equal files make an equal artifact, so nothing that is as before reaches a site as a change. It takes oras and GNU tar.
set -eu
tag=\${1:?usage: publish.sh TAG}
here=$(cd -- "$(dirname -- "$0")" && pwd)
assembly=$(cd -- "$here/../.." && pwd)
registry=${registryOf(source.url)}
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
trap 'exit 1' HUP INT TERM

# push NAME TAG FOLDER MEMBER...
push() {
  artifact=$registry/$1:$2
  folder=$3
  shift 3
  tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -C "$folder" -cf "$staging/layer.tar" "$@"
  gzip -nf "$staging/layer.tar"
  (cd -- "$staging" && oras push --annotation org.opencontainers.image.created=1970-01-01T00:00:00Z "$artifact" layer.tar.gz:${MEDIA_TYPE})
}

for layer in "$assembly/${workloadsFolder}"/*; do
  [ -d "$layer" ] || continue
  push "workloads/\${layer##*/}" "$tag" "$layer" .
done
`,
    ...(shape === 'site' ? [records] : []),
    ...(clusters.length > 0 ? [clusters.join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}
