import { RUNTIMES } from '../../../catalog/runtimes';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile } from '../node-file';
import type { Mirrors } from './mirror-input';

/**
 * Docker's own configuration, which is one file and takes no comment: it is the tree's as a whole. The kubelet and Docker must have one cgroup driver, a
 * restart of Docker must leave pods alone, and logs must not fill the disk.
 *
 * @see Docker documentation, dockerd, Daemon configuration file
 */
export function daemonJson({ registries, selinux }: Mirrors): NodeFile[] {
  const endpoints = registries.filter(({ registry }) => registry === 'docker.io').flatMap((mirror) => mirror.endpoints);
  const plain = endpoints.filter((endpoint) => endpoint.startsWith('http://'));
  const config = {
    'exec-opts': ['native.cgroupdriver=systemd'],
    ...(plain.length > 0 && { 'insecure-registries': plain.map((endpoint) => new URL(endpoint).host) }),
    'live-restore': true,
    'log-driver': 'json-file',
    'log-opts': { 'max-file': '3', 'max-size': '10m' },
    ...(endpoints.length > 0 && { 'registry-mirrors': endpoints }),
    ...(selinux === true && { 'selinux-enabled': true }),
  };
  return [nodeFile(RUNTIMES.docker.mirrors.path, 'restart', `${JSON.stringify(config, undefined, 2)}\n`)];
}
