import { RUNTIMES } from '../../../catalog/runtimes';
import { sorted } from '../../../model/digest';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../node-file';
import { tomlText } from './hosts-toml';
import type { Mirrors } from './mirror-input';

/**
 * Locations have no scheme; without TLS, a mirror is "insecure". Images without a registry are Docker Hub's, as for all other runtimes: K3s names its own
 * so, and CRI-O alone would refuse them.
 *
 * @see containers-registries.conf(5)
 */
export function registriesConf(mirrors: Mirrors): NodeFile[] {
  const text = ['unqualified-search-registries = ["docker.io"]', ...tables(mirrors), ''].join('\n');
  return [nodeFile(RUNTIMES['cri-o'].mirrors.path, 'restart', `${WRITTEN_BY}${text}`)];
}

/** For registries whose mirrors are a site's own: read behind the other file, which goes on. */
export const SITE_REGISTRIES_CONF = '/etc/containers/registries.conf.d/60-edgecdk-site.conf';

export function siteRegistriesConf(mirrors: Mirrors): NodeFile[] {
  return [nodeFile(SITE_REGISTRIES_CONF, 'restart', `${WRITTEN_BY}${[...tables(mirrors), ''].join('\n')}`)];
}

function tables({ registries, onlyMirrors }: Mirrors): string[] {
  return sorted(registries, ({ registry }) => registry).flatMap(({ registry, endpoints }) => [
    '',
    '[[registry]]',
    `prefix = ${tomlText(registry)}`,
    // What is asked last; "blocked" would keep the mirrors out, too.
    `location = ${tomlText(onlyMirrors === true ? placeOf(endpoints.at(-1) ?? registry) : registry)}`,
    ...(onlyMirrors === true && endpoints.at(-1)?.startsWith('http://') ? ['insecure = true'] : []),
    ...endpoints.flatMap((endpoint) => [
      '',
      '[[registry.mirror]]',
      `location = ${tomlText(placeOf(endpoint))}`,
      ...(endpoint.startsWith('http://') ? ['insecure = true'] : []),
    ]),
  ]);
}

function placeOf(endpoint: string): string {
  return endpoint.replace(/^https?:\/\//, '').replace(/\/+$/, '');
}
