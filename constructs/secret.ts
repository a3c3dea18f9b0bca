import type { SecretStoreModel } from '../lib/model/fleet-model';
import type { SecretKeyModel } from '../lib/model/workload-model';
import { model } from './internal';

/**
 * Where the secrets that workloads name come from. Values never pass through a program or its output.
 *
 * @example
 * const fleet = new Fleet('grocer', { secrets: SecretStore.externalSecrets({ store: 'vault' }) });
 */
export class SecretStore {
  /** External Secrets Operator, which must run in the cluster: an ExternalSecret per secret. @see https://external-secrets.io/latest/api/externalsecret/ */
  static externalSecrets(options: {
    /** Name of the ClusterSecretStore. */
    readonly store: string;
  }): SecretStore {
    return new SecretStore({ kind: 'external-secrets', location: options.store });
  }

  /** Files on the node, `<folder>/<secret>/<key>`, from which the node makes the Secret. @default folder '/etc/edgecdk/secrets' */
  static nodeFiles(folder = '/etc/edgecdk/secrets'): SecretStore {
    return new SecretStore({ kind: 'node-files', location: folder });
  }

  readonly [model]: SecretStoreModel;

  private constructor(store: SecretStoreModel) {
    this[model] = store;
  }
}

/**
 * Names one key of a secret; never holds a value.
 *
 * @example
 * const env = { DB_PASSWORD: SecretRef.of('pos-db', 'password') };
 */
export class SecretRef {
  static of(secret: string, key: string): SecretRef {
    return new SecretRef({ secret, key });
  }

  readonly [model]: SecretKeyModel;

  private constructor(ref: SecretKeyModel) {
    this[model] = ref;
  }
}
