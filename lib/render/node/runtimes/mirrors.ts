import { RUNTIMES } from '../../../catalog/runtimes';
import type { ContainerRuntime } from '../../../model/container-runtime';
import type { NodeFile } from '../../../model/node-tree';
import { daemonJson } from './daemon-json';
import { certsFolder } from './hosts-toml';
import type { Mirrors } from './mirror-input';
import { registriesConf } from './registries-conf';

/** Mirrors of registries in the form that the runtime reads, and what else stands in that file. K3s's own containerd has another, `registries.yaml`. */
export function mirrorFiles(runtime: ContainerRuntime, mirrors: Mirrors): NodeFile[] {
  if (runtime === 'docker') return daemonJson(mirrors);
  return runtime === 'containerd' ? certsFolder(mirrors) : registriesConf(mirrors);
}

/** What a runtime cannot be told of mirrors, and what to do. */
export function mirrorRefusals(runtime: ContainerRuntime, { registries, onlyMirrors }: Mirrors): string[] {
  const facts = RUNTIMES[runtime];
  return registries.flatMap(({ registry, endpoints, rewrite, credentials, caFile }) => [
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
