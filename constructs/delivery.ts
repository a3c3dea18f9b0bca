import { type ArgoCdOptions, argoCdDelivery } from '../lib/engines/argo-cd/argo-cd';
import { type FluxOptions, fluxDelivery } from '../lib/engines/flux/flux';
import { localDelivery } from '../lib/engines/local/local';
import { rancherFleetDelivery } from '../lib/engines/rancher-fleet/rancher-fleet';
import type { DeliveryModel } from '../lib/model/delivery';
import { model } from './internal';

/** A git repository to which a pipeline pushes the assembly. */
export interface GitSource {
  /** `https://git.example/fleet.git`, without a password. */
  readonly git: string;
  /** @default 'main' */
  readonly branch?: string;
  /** Folder of the assembly in the repository: `dist`. @default - its top */
  readonly path?: string;
}

/** A registry to which a pipeline pushes each workload and each shard of records as an artifact of its own. */
export interface OciSource {
  /** `oci://registry.example/fleet`: artifacts are below it. */
  readonly oci: string;
  /** What sites follow where the fleet has no waves; with waves, `wave-<name>`. @default 'latest' */
  readonly tag?: string;
}

export type FluxProps = (GitSource | (OciSource & FluxRegistryProps)) & {
  /** Name of the Secret in `flux-system` with what sites log in to the source with; it comes to a site as docs/secrets.md says. @default - they need none */
  readonly secret?: string;
  /** Minutes between two looks at a source, and two repairs of what somebody changed at the site. @default 15 */
  readonly intervalMinutes?: number;
  /** Name of the Secret in `flux-system` with the key for `SecretStore.sops`. @default - SOPS is an error */
  readonly decryptionSecret?: string;
  /** Whether what an owner's workloads are is applied with the rights of that owner alone. @default false */
  readonly serviceAccounts?: boolean;
};

/** What sites ask of a registry. */
export interface FluxRegistryProps {
  /** That artifacts are signed by cosign. `keys`: name of the Secret in `flux-system` with public keys. @default - they need not be */
  readonly verify?: {
    /** @default - signed without a key, as the registry of cosign knows */
    readonly keys?: string;
  };
  /** Whether the registry speaks HTTP without TLS. @default false */
  readonly insecure?: boolean;
}

export interface RancherFleetProps extends GitSource {
  /** Name of the Secret in the namespace with what the hub logs in to the repository with. @default - it needs none */
  readonly secret?: string;
  /** Namespace of the hub in which all its objects are, of this fleet alone. @default 'fleet-default' */
  readonly namespace?: string;
  /**
   * How many sites of a wave may be changing or unavailable at a time, where the wave does not say. One that lets a wave freeze, or not gate at all, is an error
   * at synth that names the numbers. @default '10%'
   */
  readonly maxUnavailable?: number | `${number}%`;
  /** Share of sites, 0 to 1, that no agent answers from at any time: they take places of `maxUnavailable`. @default - sites with a link that is down at times */
  readonly offlineShare?: number;
  /** Seconds after which an update that has not become healthy is taken back at its site. @default - never: it stays, and holds up its wave */
  readonly rollBackAfterSeconds?: number;
}

export type ArgoCdProps = (GitSource | OciSource) & {
  /** `hub`: one Argo CD reaches out to all sites. `site`: each has one of its own, which pulls. @default 'hub' */
  readonly at?: 'hub' | 'site';
  /** Where Argo CD is. @default 'argocd' */
  readonly namespace?: string;
  /** When sites may be changed. @default - at any time */
  readonly syncWindows?: readonly SyncWindow[];
  /** Whether the hub takes one wave after the other by health. Each site that is offline holds up all later waves. @default false */
  readonly progressiveSyncs?: boolean;
};

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/ */
export interface SyncWindow {
  readonly kind: 'allow' | 'deny';
  /** When it opens, as cron writes it, of five fields: `0 1 * * *`. */
  readonly schedule: string;
  /** How long it is open: `3h`, `90m`. */
  readonly duration: string;
  /** IANA name, one for all sites: a window does not know where a site is. */
  readonly timeZone: string;
  /** Whose workloads it is about. @default - all */
  readonly owner?: string;
}

/**
 * How sites get what they run. Said of a fleet, and where it differs of a blueprint or of a cluster that sites share. `docs/delivery.md` helps to choose.
 *
 * @example
 * const fleet = new Fleet('grocer', { delivery: Delivery.rancherFleet({ git: 'https://git.example/fleet.git' }) });
 */
export class Delivery {
  /** Each site has files of its own: K3s takes them from its auto-deploy folder, elsewhere somebody applies them; `edgecdk bundle` makes a stick of them. */
  static local(): Delivery {
    return new Delivery(localDelivery);
  }

  /** Flux in each site's own cluster, which pulls from a registry or a git repository. No central object knows of a site. @see https://fluxcd.io */
  static flux(props: FluxProps): Delivery {
    const { decryptionSecret, intervalMinutes, serviceAccounts } = props;
    const decryption = decryptionSecret === undefined ? undefined : { secret: decryptionSecret };
    return new Delivery(
      fluxDelivery(given({ intervalMinutes, serviceAccounts, decryption, source: fluxSource(props) })),
    );
  }

  /** A hub from which an agent at each site fetches bundles. @see https://fleet.rancher.io */
  static rancherFleet(props: RancherFleetProps): Delivery {
    const { git: url, branch, path, secret, ...rest } = props;
    return new Delivery(rancherFleetDelivery(given({ ...rest, git: given({ url, branch, path, secret }) })));
  }

  /** Argo CD, on a hub or at each site. @see https://argo-cd.readthedocs.io */
  static argoCd(props: ArgoCdProps): Delivery {
    const { at: shape, namespace, progressiveSyncs, syncWindows } = props;
    const windows = syncWindows?.map((window) => ({ ...window }));
    const options = given({ shape, namespace, progressiveSyncs, syncWindows: windows });
    return new Delivery(argoCdDelivery({ ...options, source: argoCdSource(props) }));
  }

  readonly [model]: DeliveryModel;

  private constructor(delivery: DeliveryModel) {
    this[model] = delivery;
  }
}

function fluxSource(props: FluxProps): FluxOptions['source'] {
  const { secret } = props;
  if (!('oci' in props))
    return given({ kind: 'git' as const, url: props.git, branch: props.branch, path: props.path, secret });
  const { oci: url, tag, verify, insecure } = props;
  const keys = verify && given({ provider: 'cosign' as const, secret: verify.keys });
  return given({ kind: 'oci' as const, url, tag, secret, insecure, verify: keys });
}

/** Without members that are undefined: defaults stand for what is absent. */
function given<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

function argoCdSource(source: GitSource | OciSource): ArgoCdOptions['source'] {
  if ('oci' in source) return { kind: 'oci', url: source.oci, tag: source.tag ?? 'latest' };
  return { kind: 'git', url: source.git, branch: source.branch ?? 'main', path: source.path ?? '' };
}
