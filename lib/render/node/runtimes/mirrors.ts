import { RUNTIMES } from '../../../catalog/runtimes';
import type { ContainerRuntime } from '../../../model/container-runtime';
import type { NodeFile } from '../../../model/node-tree';
import { daemonJson } from './daemon-json';
import { certsFolder, hostsFile } from './hosts-toml';
import type { Mirrors } from './mirror-input';
import { registriesConf, SITE_REGISTRIES_CONF, siteRegistriesConf } from './registries-conf';

/** Mirrors of registries in the form that the runtime reads, and what else stands in that file. K3s's own containerd has another, `registries.yaml`. */
export function mirrorFiles(runtime: ContainerRuntime, { registries, ...more }: Mirrors): NodeFile[] {
  // The others are in the identities of machines.
  const mirrors = { ...more, registries: registries.filter(({ perSite }) => !perSite) };
  if (runtime === 'docker') return daemonJson(mirrors);
  return runtime === 'containerd' ? certsFolder(mirrors) : registriesConf(mirrors);
}

/** The same of mirrors with addresses of a site's own, as part of an identity. Docker has one file for all, and takes none. */
export function siteMirrorFiles(runtime: ContainerRuntime, mirrors: Mirrors): NodeFile[] {
  if (mirrors.registries.length === 0 || runtime === 'docker') return [];
  return runtime === 'containerd' ? certsFolder(mirrors) : siteRegistriesConf(mirrors);
}

/** Paths of these files, for a tree, which knows no addresses. */
export function siteMirrorPaths(runtime: ContainerRuntime, { registries }: Pick<Mirrors, 'registries'>): string[] {
  const own = registries.filter(({ perSite }) => perSite);
  if (own.length === 0 || runtime === 'docker') return [];
  return runtime === 'containerd' ? own.map(hostsFile).sort() : [SITE_REGISTRIES_CONF];
}

/** What a runtime cannot be told of mirrors, and what to do. */
export function mirrorRefusals(runtime: ContainerRuntime, { registries, onlyMirrors }: Mirrors): string[] {
  const facts = RUNTIMES[runtime];
  return registries.flatMap(({ registry, endpoints, perSite, rewrite, credentials, caFile }) => [
    ...(runtime === 'docker' && perSite === true
      ? [
          `Docker Engine has one file for all its settings, which is equal at all sites, and mirrors of ${registry} hold a site value; give them a name that each site's DNS knows, or take containerd`,
        ]
      : []),
    ...(endpoints.length === 0 && perSite !== true
      ? [`mirrors of ${registry} have no address (endpoints); name one, or leave the registry out`]
      : []),
    ...(facts.mirrorsOf === 'Docker Hub alone' && registry !== 'docker.io'
      ? [
          `Docker Engine takes mirrors of Docker Hub alone (found one of '${registry}'); name the mirror in the images themselves, or take containerd`,
        ]
      : []),
    ...(rewrite === undefined
      ? []
      : [
          `other names of images on a mirror (rewrite, of ${registry}) are a thing of K3s's own containerd; give the mirror the same names`,
        ]),
    ...(credentials === undefined
      ? []
      : [
          `the mirrors of ${registry} have credentials, which ${facts.title} takes from the pod; give the pods an imagePullSecret, or let the site's network reach the mirror without`,
        ]),
    ...(runtime === 'docker' && caFile !== undefined
      ? [
          `Docker Engine finds the authority of a mirror in /etc/docker/certs.d/<host>/ca.crt; place it there (found caFile of ${registry})`,
        ]
      : []),
    ...(runtime === 'cri-o' && caFile !== undefined
      ? [
          `CRI-O finds the authority of a mirror in /etc/containers/certs.d/<host>/ca.crt; place it there (found caFile of ${registry})`,
        ]
      : []),
    ...(registry === '*' && runtime !== 'containerd'
      ? [`${facts.title} has no mirror for all registries ('*'); name each registry`]
      : []),
    ...(runtime === 'docker' && onlyMirrors === true
      ? [
          'Docker Engine asks Docker Hub where its mirror has not got an image, and cannot be kept from it; take containerd',
        ]
      : []),
    ...(runtime === 'docker' && endpoints.some((endpoint) => /^https?:\/\/[^/]+\/./.test(endpoint))
      ? [
          `most releases of Docker Engine do not start with a mirror that has a path (found one of ${registry}); take a host alone`,
        ]
      : []),
    ...endpoints
      .filter((endpoint) => !/^https?:\/\/[^/\s@]+(\/[^\s@]*)?$/.test(endpoint))
      .map(() => `a mirror of ${registry} must be a URL without credentials, such as https://mirror.example:5000`),
  ]);
}
