import type { DeliveryModel } from '../../model/delivery';

/** What a program says of a delivery by Flux. */
export interface FluxModel extends DeliveryModel {
  readonly source: FluxSource;
  /** Minutes between two looks at a source, and two repairs of what somebody changed at the site. */
  readonly intervalMinutes: number;
  /** How Secrets that SOPS encrypted are decrypted. @default - they are not, and are an error */
  readonly decryption?: {
    /** Name of the Secret in `flux-system` with the site's own key. */
    readonly secret: string;
  };
  /** Whether what an owner delivers is applied with the rights of that owner alone. */
  readonly serviceAccounts: boolean;
}

export type FluxSource = OciSource | GitSource;

/** Each workload is an artifact of its own, and so are records, by shard. */
export interface OciSource {
  readonly kind: 'oci';
  /** `oci://registry.example/fleet`: artifacts are below it. */
  readonly url: string;
  /** What sites follow where the fleet has no waves. */
  readonly tag: string;
  /** Who must have signed artifacts. @default - nobody */
  readonly verify?: {
    readonly provider: 'cosign';
    /** Name of the Secret in `flux-system` with public keys. @default - cosign's own log, without a key */
    readonly secret?: string;
  };
  /** Name of the Secret in `flux-system` with what sites log in with. @default - they need none */
  readonly secret?: string;
  /** Whether the registry speaks HTTP without TLS. @default false */
  readonly insecure?: boolean;
}

export interface GitSource {
  readonly kind: 'git';
  readonly url: string;
  readonly branch: string;
  /** Folder of the assembly in the repository; empty for its top. */
  readonly path: string;
  /** Name of the Secret in `flux-system` with what sites log in with. @default - they need none */
  readonly secret?: string;
}

/** What this engine's own description is: no other engine asks for its parts. */
export function modelOf(delivery: DeliveryModel): FluxModel {
  return delivery as FluxModel;
}
