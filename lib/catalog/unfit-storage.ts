import { published } from '../model/figure';
import type { StorageKind } from '../model/hardware-model';

/** Media that do not bear the writes of embedded etcd. */
export const UNFIT_STORAGE = published<readonly StorageKind[]>(
  ['sd', 'emmc'],
  'K3s documentation, Requirements, Disks',
);
