import type { NodeBackup } from '../lib/model/k3s-node-input';
import { model } from './internal';

export interface DiskBackupOptions {
  /** How many copies are kept. @default 7 */
  readonly keep?: number;
}

export interface S3BackupOptions {
  /** Host of the service, such as `s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  /** Folder in the bucket; each site has a folder of its own in it, named after it. @default - the bucket's root */
  readonly folder?: string;
  /** Name of the secret: a file in `/etc/edgecdk/secrets` with the lines `AWS_ACCESS_KEY_ID=` and `AWS_SECRET_ACCESS_KEY=`. */
  readonly secret: string;
  /** How many snapshots are kept of a site, those of all of its servers together. @default 7 */
  readonly keep?: number;
}

/**
 * Copies of what a cluster is restored from: its state and its token.
 *
 * @example
 * const backup = K3sBackup.toDisk('/mnt/backup');
 */
export class K3sBackup {
  /** Every night to a folder of another disk than the data's: SQLite is copied while K3s stands still for seconds, etcd takes its own snapshots. */
  static toDisk(folder: string, options: DiskBackupOptions = {}): K3sBackup {
    return new K3sBackup({ kind: 'disk', path: folder.replace(/(?!^)\/+$/, ''), keep: options.keep ?? 7 });
  }

  /** Snapshots of embedded etcd go to a bucket; refused with any other datastore. @see https://docs.k3s.io/datastore/backup-restore */
  static toS3(options: S3BackupOptions): K3sBackup {
    const { secret, keep, ...bucket } = options;
    return new K3sBackup({ kind: 's3', ...bucket, credentials: secret, keep: keep ?? 7 });
  }

  readonly [model]: NodeBackup;

  private constructor(backup: NodeBackup) {
    this[model] = backup;
  }
}
