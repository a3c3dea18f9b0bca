import type { K3sNodesModel } from '../lib/model/k3s-cluster-model';
import { model } from './internal';

export interface ExternalDatastoreOptions {
  /** Name of the secret: a file in `/etc/edgecdk/secrets` with a line `K3S_DATASTORE_ENDPOINT=postgres://...`. */
  readonly secret: string;
}

/**
 * Where K3s keeps the state of the cluster. What it is cannot be changed while the cluster lives.
 *
 * @example
 * const datastore = K3sDatastore.external({ secret: 'k3s-datastore' });
 */
export class K3sDatastore {
  /** etcd on the servers themselves, even where there is only one. Wears SD cards out. */
  static embeddedEtcd(): K3sDatastore {
    return new K3sDatastore({ kind: 'etcd' });
  }

  /** A database that somebody else runs. @see https://docs.k3s.io/datastore */
  static external(options: ExternalDatastoreOptions): K3sDatastore {
    return new K3sDatastore({ kind: 'external', secret: options.secret });
  }

  readonly [model]: NonNullable<K3sNodesModel['datastore']>;

  private constructor(datastore: NonNullable<K3sNodesModel['datastore']>) {
    this[model] = datastore;
  }
}
