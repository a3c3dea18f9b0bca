import type { NodeSecretSource, RegistryMirror } from './node-input';
import type { NodeAccess } from './seed-input';

/** What the machines of a cluster are set up with, whichever distribution. Names, addresses of mirrors, time servers and the quiet hour may hold tokens; all else is equal at all sites. */
export interface NodesModel {
  /** @default - the server of rank 0 */
  readonly registration?: RegistrationModel;
  /** Further names and addresses in the servers' certificates. @default - none */
  readonly tlsSans?: readonly string[];
  readonly registries: readonly RegistryMirror[];
  /** Never ask a registry itself for what its mirror has not got. @default - as the fleet says */
  readonly onlyMirrors?: boolean;
  readonly install: InstallModel;
  readonly secretsFrom: NodeSecretSource;
  readonly access: NodeAccess;
  /** @default - those of the operating system */
  readonly ntpServers?: readonly string[];
  /** `04:30` in the site's time. @default '04:30' */
  readonly quietHour?: string;
}

/** Where the images of a fleet come from, for clusters that do not say it themselves. */
export type FleetMirrors = Pick<NodesModel, 'registries' | 'onlyMirrors'>;

/** Where nodes find the servers of their site. */
export type RegistrationModel =
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'virtual-ip'; readonly address: string; readonly nic?: string };

/** `base` is the folder of the distribution's releases, without the version. */
export interface InstallModel {
  readonly mode: 'online' | 'mirror' | 'preloaded';
  readonly base?: string;
  readonly mediumLabel?: string;
}
