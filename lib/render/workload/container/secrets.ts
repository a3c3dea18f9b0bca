import { sha256 } from '../../../model/digest';
import { isEncryptedSecret } from '../../../model/encrypted-secret';
import type { SecretStoreModel } from '../../../model/fleet-model';
import type { KubeObject } from '../../../model/kube-object';
import { hasToken } from '../../../model/token';
import type { ContainerWorkloadModel, SecretKeyModel } from '../../../model/workload-model';
import { ContentError, type RenderContext } from '../../render-context';
import { metadataOf } from './names';

/** The Secret in the cluster that holds a secret of the store. */
export function secretName(workload: ContainerWorkloadModel, { secret }: SecretKeyModel): string {
  return metadataOf(workload, secret).name;
}

export function isSecretKey(value: unknown): value is SecretKeyModel {
  return typeof value === 'object' && value !== null && 'secret' in value && 'key' in value;
}

/**
 * The objects that bring the secrets a workload names. With External Secrets one ExternalSecret per secret, with SOPS the Secrets that the team encrypted;
 * with files on the node none, since the node makes the Secret itself.
 */
export function secretObjects(
  workload: ContainerWorkloadModel,
  used: readonly SecretKeyModel[],
  { secrets: store, encrypted, context }: Pick<RenderContext, 'secrets' | 'encrypted' | 'context'>,
): KubeObject[] {
  for (const use of used) refuseSecretKey(use, store);
  const secrets = [...new Set(used.map((use) => use.secret))].sort();
  return secrets.flatMap((secret) => {
    if (store?.kind === 'sops') {
      const { namespace, name } = metadataOf(workload, secret);
      const object = encrypted?.get(`${namespace}/${name}`);
      return object ? [object] : []; // why not, was told when its file was read
    }
    if (store?.kind !== 'external-secrets') return [];
    const keys = [...new Set(used.filter((use) => use.secret === secret).map((use) => use.key))].sort();
    const remote = store.key ? store.key({ site: { name: context.site.name }, workload: workload.id, secret }) : secret;
    if (typeof remote !== 'string' || remote.trim() === '')
      throw new ContentError(
        `has no key for the secret ${secret}: \`key\` of the fleet's secret store returned ${JSON.stringify(remote)}; return its path in the store`,
      );
    return [externalSecret(workload, { secret, remote, keys }, store.location)];
  });
}

/** On a pod template: what stands for the encrypted values that its pods use. */
export const secretsAnnotation = 'edgecdk.dev/secrets';

/**
 * Another text when encrypted values are others, so that pods get a new value without a visit: those that run keep what they began with. SOPS leaves the text of
 * values that did not change, and who can decrypt them is not part of it. Undefined where none are encrypted.
 */
export function cipherMark(objects: readonly KubeObject[]): string | undefined {
  const encrypted = objects.filter(isEncryptedSecret);
  if (encrypted.length === 0) return undefined;
  return sha256(
    JSON.stringify(encrypted.map(({ metadata, data, stringData }) => [metadata.name, data, stringData])),
  ).slice(0, 16);
}

/** @see https://external-secrets.io/latest/api/externalsecret/ */
function externalSecret(
  workload: ContainerWorkloadModel,
  { secret, remote, keys }: { readonly secret: string; readonly remote: string; readonly keys: readonly string[] },
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
      data: keys.map((key) => ({ secretKey: key, remoteRef: { key: remote, property: key } })),
    },
  };
}

/** Its name becomes part of the names of a Secret and of a volume. */
const legalSecret = /^[a-z0-9]([a-z0-9-]{0,54}[a-z0-9])?$/;
const legalKey = /^(?!\.$)(?!\.\.)[A-Za-z0-9._-]{1,253}$/;

function refuseSecretKey(use: SecretKeyModel, store: SecretStoreModel | undefined): void {
  const fault = store || hasToken(use.secret) || hasToken(use.key) ? secretKeyFault(use) : withoutStore(use);
  if (fault !== undefined) throw new ContentError(fault);
}

function withoutStore({ secret }: SecretKeyModel): string {
  return `names the secret ${secret}, but the fleet has no secret store; give it \`secrets: SecretStore.externalSecrets({ store: '...' })\`, \`SecretStore.sops({ age: ['age1...'] })\` or \`SecretStore.nodeFiles()\``;
}

/** Why no secret store takes the names; in words that follow the workload's path. */
export function secretKeyFault({ secret, key }: SecretKeyModel): string | undefined {
  if (hasToken(secret) || hasToken(key))
    return 'names a secret by a site value; name it alike at all sites, and let each site see its own by `key` of SecretStore.externalSecrets';
  if (!legalSecret.test(secret))
    return `names the secret ${JSON.stringify(secret)}; take up to 56 lower-case letters, digits and '-', since a Secret of Kubernetes bears the name`;
  if (!legalKey.test(key))
    return `names the key ${JSON.stringify(key)} of the secret ${secret}; take letters, digits, '-', '_' and '.', as Kubernetes does in Secrets`;
  return undefined;
}
