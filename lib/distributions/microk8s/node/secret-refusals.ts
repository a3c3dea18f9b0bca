import type { MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import { secretRefusals as k3sSecretRefusals, urlRefusals } from '../../../render/node/secret-refusals';

type K3sSecrets = Parameters<typeof k3sSecretRefusals>[0];

/** Names of secrets, and the command that brings them: as for K3s. */
export function secretRefusals({ cluster, token, secretsFrom }: MicroK8sNodeInput): Array<string | false> {
  const asked: Pick<K3sSecrets, 'secrets' | 'secretsFrom'> & {
    cluster: Pick<K3sSecrets['cluster'], 'backup' | 'registries'>;
  } = {
    cluster: { backup: { kind: 'none' }, registries: cluster.registries },
    secrets: { token },
    secretsFrom,
  };
  return k3sSecretRefusals(asked as K3sSecrets);
}

export function registryRefusals({ cluster, install }: MicroK8sNodeInput): Array<string | false> {
  const asked = {
    cluster: { backup: { kind: 'none' }, registries: cluster.registries },
    install: install.mode === 'mirror' ? install : { mode: 'preloaded' },
  } as Parameters<typeof urlRefusals>[0];
  return [
    ...urlRefusals(asked),
    ...cluster.registries.flatMap(({ registry, rewrite }) => [
      rewrite !== undefined &&
        `the mirror of ${registry} rewrites names, which containerd as MicroK8s has it cannot; give its endpoint a path instead: https://mirror.example/v2/hub`,
      !/^(\*|[a-z0-9.-]+(:\d+)?)$/.test(registry) &&
        `'${registry}' is no name of a registry; write it as in the names of images, such as docker.io`,
    ]),
  ];
}
