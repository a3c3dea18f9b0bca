import type { RemoteSecretModel, SecretStoreModel } from '../lib/model/fleet-model';
import type { SecretKeyModel } from '../lib/model/workload-model';
import { model } from './internal';

/** One secret of one workload at one site, in the key of a secret store. */
export type RemoteSecret = RemoteSecretModel;

export interface ExternalSecretsOptions {
  /** Name of the ClusterSecretStore. */
  readonly store: string;
  /**
   * Key of a secret in the store; the site's name in it gives each site its own. An empty key, and one that changes the name, are errors at synth.
   * @default - the secret's name, alike at all sites
   */
  readonly key?: (secret: RemoteSecret) => string;
}

export interface SopsOptions {
  /**
   * Public keys (`age1...`) of all that decrypt: of the sites, and of the people who change values. A private key, and anything else than a public one, is
   * an error at synth.
   */
  readonly age: readonly string[];
  /** Folder of the encrypted files in the team's own repository, from the fleet's `root`; apart from that of values in clear, which kits take. @default 'sops' */
  readonly folder?: string;
}

/**
 * Where the secrets that workloads name come from. Values never pass through a program or its output.
 *
 * @example
 * const fleet = new Fleet('grocer', { secrets: SecretStore.externalSecrets({ store: 'vault', key: ({ site, secret }) => `sites/${site.name}/${secret}` }) });
 */
export class SecretStore {
  /** External Secrets Operator, which must run in the cluster: an ExternalSecret per secret. @see https://external-secrets.io/latest/api/externalsecret/ */
  static externalSecrets(options: ExternalSecretsOptions): SecretStore {
    return new SecretStore({ kind: 'external-secrets', location: options.store, key: options.key });
  }

  /** Files on the node, `<folder>/<secret>/<key>`, from which the node makes the Secret. @default folder '/etc/edgecdk/secrets' */
  static nodeFiles(folder = '/etc/edgecdk/secrets'): SecretStore {
    return new SecretStore({ kind: 'node-files', location: folder });
  }

  /**
   * Secrets that the team encrypts with SOPS, one file per workload and secret: `<folder>/<workload>/<secret>.yaml`. They are read at synth and go on as
   * they are; the site's engine decrypts them. An engine that does not, a file that is missing or in clear, one that lacks a key that the workload names,
   * and one that not all of `age` can read are errors at synth, which print what to write and to run. @see https://getsops.io/docs/
   */
  static sops(options: SopsOptions): SecretStore {
    return new SecretStore({ kind: 'sops', location: options.folder ?? 'sops', age: [...options.age] });
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
