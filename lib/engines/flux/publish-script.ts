import type { DeliveryContent } from '../../model/delivery';
import { shellText } from '../../model/shell-text';
import { RECORDS_TAG } from './bootstrap';
import type { OciSource } from './model';

/** `publish.sh`: pushes what sites pull. It finds workloads, records and clusters by their folders, so it is the same for any number of them. */
export function publishScript({ workloadsFolder }: DeliveryContent, { url, insecure, verify }: OciSource): string {
  const flags = insecure ? ' --insecure-registry' : '';
  const push = shellText`flux push artifact "$url/$1:$2" --path "$3" --source edgecdk --revision "$content" --reproducible${flags}`;
  return `${shellText`
#!/bin/sh
# Made by EdgeCDK. Pushes each workload as an artifact of its own under the tag that is given, then records of sites, by shard, and what stands in
# clusters that sites share. Equal files make an equal artifact, so nothing that is as before reaches a site as a change.
set -eu
tag=\${1:?usage: publish.sh TAG}
here=$(cd -- "$(dirname -- "$0")" && pwd)
assembly=$(cd -- "$here/../.." && pwd)
url=${url}
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
trap 'exit 1' HUP INT TERM

# push NAME TAG FOLDER
push() {
  content=$(cd -- "$3" && find . -type f -exec sha256sum {} + | LC_ALL=C sort | sha256sum | cut -d ' ' -f 1)
  ${verify === undefined ? push : signed(push, insecure === true)}
}

for folder in "$assembly/${workloadsFolder}"/*; do
  [ -d "$folder" ] || continue
  push "\${folder##*/}" "$tag" "$folder"
done
for folder in "$here"/sites/*; do
  [ -d "$folder" ] || continue
  rm -rf "$staging/shard"
  mkdir -p "$staging/shard/sites"
  cp -R "$here/workloads" "$staging/shard/workloads"
  cp -R "$folder" "$staging/shard/sites/"
  push "sites-\${folder##*/}" ${RECORDS_TAG} "$staging/shard"
done
for file in "$here"/clusters/*.yaml; do
  [ -f "$file" ] || continue
  name=\${file##*/}
  push "cluster-\${name%.yaml}" ${RECORDS_TAG} "$assembly/clusters/\${name%.yaml}"
done
`}\n`;
}

/** Signed by digest: with the key that COSIGN_KEY names, or without one, by who runs it. */
function signed(push: string, insecure: boolean): string {
  const sign = `cosign sign --yes${insecure ? ' --allow-insecure-registry' : ''}`;
  return shellText`digest=$(${push} --output json | sed -n 's/.*"digest": *"\([^"]*\)".*/\1/p')
  ${sign} \${COSIGN_KEY:+--key "$COSIGN_KEY"} "\${url#oci://}/$1@$digest"`;
}
