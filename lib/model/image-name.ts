/** An image by its whole name, as K3s looks for it in archives: `nginx:1` is `docker.io/library/nginx:1`. */
export function wholeImageName(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const withRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const named = withRegistry ? image : `docker.io/${rest.length === 0 ? 'library/' : ''}${image}`;
  const last = named.slice(named.lastIndexOf('/'));
  return /[:@]/.test(last) ? named : `${named}:latest`;
}

/**
 * Whether images of that name stand in the archive of each release of K3s, whatever the tag is there.
 *
 * @see K3s source, scripts/airgap/image-list.txt
 */
export function isNamedInK3sArchive(image: string): boolean {
  return /^docker\.io\/rancher\/mirrored-(library-busybox|pause):/.test(wholeImageName(image));
}
