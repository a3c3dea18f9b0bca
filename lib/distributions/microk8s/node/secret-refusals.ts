import type { MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import {
  installUrlRefusal,
  mirrorSecrets,
  mirrorUrlRefusals,
  secretRefusals,
} from '../../../render/node/secret-refusals';

/** What is wrong with names of secrets, and with the command that brings them. */
export function microk8sSecretRefusals(input: MicroK8sNodeInput): Array<string | false> {
  const { cluster, token } = input;
  return secretRefusals([{ use: 'the token', name: token }, ...mirrorSecrets(cluster.registries)], input);
}

export function registryRefusals({ cluster, install }: MicroK8sNodeInput): Array<string | false> {
  return [
    ...mirrorUrlRefusals(cluster.registries),
    install.mode === 'mirror' && installUrlRefusal('MicroK8s', install.baseUrl),
    ...cluster.registries.flatMap(({ registry, endpoints, perSite, rewrite }) => [
      endpoints.length === 0 &&
        perSite !== true &&
        `mirrors of ${registry} have no address (endpoints); name one, or leave the registry out`,
      rewrite !== undefined &&
        `the mirror of ${registry} rewrites names, which containerd as MicroK8s has it cannot; give its endpoint a path instead: https://mirror.example/v2/hub`,
      !/^(\*|[a-z0-9.-]+(:\d+)?)$/.test(registry) &&
        `'${registry}' is no name of a registry; write it as in the names of images, such as docker.io`,
    ]),
  ];
}
