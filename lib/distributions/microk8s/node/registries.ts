import { sorted } from '../../../model/digest';
import type { MicroK8sClusterInput } from '../../../model/microk8s-node-input';
import { hostsToml } from '../../../render/node/runtimes/hosts-toml';

/** Stands where the credentials of a secret come, up to the next mark; the step that composes the launch configuration looks for it. */
export const CREDENTIALS_MARK = '@edgecdk-credentials@';

type Registries = Pick<MicroK8sClusterInput, 'registries' | 'onlyMirrors'>;

export function credentialNames({ registries }: Registries): string[] {
  return [...new Set(registries.flatMap(({ credentials }) => credentials ?? []))].sort();
}

/** A `hosts.toml` per registry, by the name of its folder. */
export function registryHosts({ registries, onlyMirrors }: Registries): Readonly<Record<string, string>> {
  return Object.fromEntries(
    sorted(registries, ({ registry }) => registry).map((mirror) => [
      mirror.registry === '*' ? '_default' : mirror.registry,
      hostsToml(mirror, {
        onlyMirrors,
        authorization: mirror.credentials && `Basic ${CREDENTIALS_MARK}${mirror.credentials}@`,
      }),
    ]),
  );
}
