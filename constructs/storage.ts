import type { Size } from 'cdk8s';
import type { StorageModel } from '../lib/model/workload-model';
import { model } from './internal';
import { kibibytes } from './units';

/**
 * What stands behind a path in the container.
 *
 * @example
 * const mounts = { '/data': Storage.claim(Size.gibibytes(4)), '/cache': Storage.scratch(Size.mebibytes(200)) };
 */
export class Storage {
  /** A folder of the node, made if it is absent, and then root's. It belongs to the node: a pod that moves finds another one. */
  static hostPath(path: string): Storage {
    return new Storage({ kind: 'host-path', path });
  }

  /** A volume claim of the cluster's default storage class. It is kept when the workload goes. */
  static claim(size: Size): Storage {
    return new Storage({ kind: 'claim', sizeKiB: kibibytes(size) });
  }

  /** An empty folder that goes with the pod; a pod that fills it beyond the size is evicted. */
  static scratch(size: Size): Storage {
    return new Storage({ kind: 'scratch', sizeKiB: kibibytes(size) });
  }

  readonly [model]: StorageModel;

  private constructor(storage: StorageModel) {
    this[model] = storage;
  }
}
