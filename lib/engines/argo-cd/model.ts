import type { DeliveryModel } from '../../model/delivery';

/** What a program says of a delivery by Argo CD. */
export interface ArgoCdModel extends DeliveryModel {
  readonly source: ArgoCdSource;
  /** `hub`: one Argo CD reaches out to all sites. `site`: each site has one of its own, which pulls. */
  readonly shape: ArgoCdShape;
  /** Where Argo CD and all its objects are. */
  readonly namespace: string;
  /** When sites may be changed. @default - at any time */
  readonly syncWindows?: readonly SyncWindowModel[];
  /** Whether the hub itself takes one wave after the other, by the health of Applications; else sites follow a branch or tag of their wave. */
  readonly progressiveSyncs: boolean;
}

export type ArgoCdShape = 'hub' | 'site';

export type ArgoCdSource =
  | {
      readonly kind: 'git';
      readonly url: string;
      readonly branch: string;
      /** Folder of the assembly in the repository; empty for its root. */
      readonly path: string;
    }
  | {
      readonly kind: 'oci';
      /** `oci://registry.example/fleet`: artifacts are below it. */
      readonly url: string;
      readonly tag: string;
    };

export interface SyncWindowModel {
  readonly kind: 'allow' | 'deny';
  /** When it opens, as cron writes it, of five fields: `0 1 * * *`. */
  readonly schedule: string;
  /** How long it is open, as Go writes it: `3h`, `90m`. */
  readonly duration: string;
  /** IANA name. It is one for all sites: a window does not know where a site is. */
  readonly timeZone: string;
  /** Whose workloads it is about. @default - all */
  readonly owner?: string;
}

/** What this engine's own description is: no other engine asks for its parts. */
export function modelOf(delivery: DeliveryModel): ArgoCdModel {
  return delivery as ArgoCdModel;
}
