import { sorted } from '../../../model/digest';
import type { MicroK8sClusterInput } from '../../../model/microk8s-node-input';
import type { RegistryMirror } from '../../../model/node-input';
import { hostsToml } from '../../../render/node/runtimes/hosts-toml';

/** Stands where the credentials of a secret come, up to the next mark; the step that composes the launch configuration looks for it. */
export const CREDENTIALS_MARK = '@edgecdk-credentials@';

type Registries = Pick<MicroK8sClusterInput, 'registries' | 'onlyMirrors'>;

export function credentialNames({ registries }: Registries): string[] {
  return [...new Set(registries.flatMap(({ credentials }) => credentials ?? []))].sort();
}

/** A `hosts.toml` per registry, by the name of its folder; without those whose mirrors are each site's own. */
export function registryHosts({ registries, onlyMirrors }: Registries): Readonly<Record<string, string>> {
  const known = registries.filter(({ perSite }) => !perSite);
  return Object.fromEntries(
    sorted(known, ({ registry }) => registry).map((mirror) => [
      registryFolder(mirror),
      hostsToml(mirror, {
        onlyMirrors,
        authorization: mirror.credentials && `Basic ${CREDENTIALS_MARK}${mirror.credentials}@`,
      }),
    ]),
  );
}

export function registryFolder({ registry }: Pick<RegistryMirror, 'registry'>): string {
  return registry === '*' ? '_default' : registry;
}
