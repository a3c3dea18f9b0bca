import type { SecretStoreModel } from '../../../model/fleet-model';
import type { KubeObject } from '../../../model/kube-object';
import { hasToken } from '../../../model/token';
import type { ContainerWorkloadModel, SecretKeyModel } from '../../../model/workload-model';
import { ContentError } from '../../render-context';
import { metadataOf } from './names';

/** The Secret in the cluster that holds a secret of the store. */
export function secretName(workload: ContainerWorkloadModel, { secret }: SecretKeyModel): string {
  return metadataOf(workload, secret).name;
}

export function isSecretKey(value: unknown): value is SecretKeyModel {
  return typeof value === 'object' && value !== null && 'secret' in value && 'key' in value;
}

/**
 * The objects that bring the secrets a workload names. With External Secrets one ExternalSecret per secret; with files on the node none, since the
 * node makes the Secret itself.
 */
export function secretObjects(
  workload: ContainerWorkloadModel,
  used: readonly SecretKeyModel[],
  store: SecretStoreModel | undefined,
): KubeObject[] {
  for (const use of used) refuseSecretKey(use, store);
  if (store?.kind !== 'external-secrets') return [];
  const secrets = [...new Set(used.map((use) => use.secret))].sort();
  return secrets.map((secret) => {
    const keys = [...new Set(used.filter((use) => use.secret === secret).map((use) => use.key))].sort();
    return externalSecret(workload, secret, keys, store.location);
  });
}

/** @see https://external-secrets.io/latest/api/externalsecret/ */
function externalSecret(
  workload: ContainerWorkloadModel,
  secret: string,
  keys: readonly string[],
  store: string,
): KubeObject {
  const metadata = metadataOf(workload, secret);
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata,
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: store },
      target: { name: metadata.name, creationPolicy: 'Owner' },
      data: keys.map((key) => ({ secretKey: key, remoteRef: { key: secret, property: key } })),
    },
  };
}

/** Its name becomes part of the names of a Secret and of a volume. */
const legalSecret = /^[a-z0-9]([a-z0-9-]{0,54}[a-z0-9])?$/;
const legalKey = /^(?!\.$)(?!\.\.)[A-Za-z0-9._-]{1,253}$/;

function refuseSecretKey({ secret, key }: SecretKeyModel, store: SecretStoreModel | undefined): void {
  if (hasToken(secret) || hasToken(key)) {
    throw new ContentError(
      'names a secret by a site value; name it alike at all sites, and let each site see its own through its secret store',
    );
  }
  if (!store) {
    throw new ContentError(
      `names the secret ${secret}, but the fleet has no secret store; give it \`secrets: SecretStore.externalSecrets({ store: '...' })\` or \`SecretStore.nodeFiles()\``,
    );
  }
  if (!legalSecret.test(secret)) {
    throw new ContentError(
      `names the secret ${JSON.stringify(secret)}; take up to 56 lower-case letters, digits and '-', since a Secret of Kubernetes bears the name`,
    );
  }
  if (!legalKey.test(key)) {
    throw new ContentError(
      `names the key ${JSON.stringify(key)} of the secret ${secret}; take letters, digits, '-', '_' and '.', as Kubernetes does in Secrets`,
    );
  }
}
