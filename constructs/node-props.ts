import type { FleetMirrors, NodesModel } from '../lib/model/nodes-model';
import { Install } from './install';
import { model } from './internal';
import { NodeSecrets } from './node-secrets';

/** What a cluster's description says of its machines. It is made for those whose device class has an operating system; of all others EdgeCDK makes no files. */
export interface NodeProps {
  /** @default Install.online() */
  readonly install?: Install;
  /**
   * Where images come from instead, by the registry in their names; `*` for all others. For each registry these count, else those of the fleet. An address may
   * hold site values; all else is equal at all sites. @default - as the fleet says
   */
  readonly registries?: Readonly<Record<string, RegistryMirror>>;
  /** Never ask a registry itself for what its mirror has not got. @default - as the fleet says */
  readonly onlyMirrors?: boolean;
  /** Who may log in. @default - nobody but those whom the image knows */
  readonly access?: NodeAccess;
  /** How secrets come to the machines; no value of one passes through a program or its output. @default NodeSecrets.medium() */
  readonly secrets?: NodeSecrets;
  /** Time servers; may hold site values. @default - those of the operating system */
  readonly ntpServers?: readonly string[];
  /** When a machine and the Kubernetes on it may be restarted, and copies are made, in the site's time. May hold a site value. @default '04:30' */
  readonly quietHour?: string;
}

/** What serves the images of a registry in its place. */
export interface RegistryMirror {
  /**
   * URLs, tried in order: `https://mirror.example:5000`. In the mirrors of a cluster they may hold site values, `http://10.20.${site.values.vlan}.5:5000`: then
   * they are part of each machine's identity. Credentials in a URL, or what is no URL at some site, are an error at synth; so are site values with Docker Engine.
   */
  readonly endpoints: readonly string[];
  /** Other names of images there: pattern to replacement. @default - the same names @see https://docs.k3s.io/installation/private-registry#rewrites */
  readonly rewrite?: Readonly<Record<string, string>>;
  /** Name of the secret: a file in `/etc/edgecdk/secrets` with one line `user:password`. @default - it asks for none */
  readonly secret?: string;
  /** File on the node with the certificate of its authority. @default - authorities that the system knows */
  readonly caFile?: string;
}

/** SSH keys that machines know from their first start. Nobody has a password. */
export interface NodeAccess {
  /** Public keys for the image's own user: `ssh-ed25519 AAAA... name`. @default - none */
  readonly sshKeys?: readonly string[];
  /** A user for the day on which nothing else works. @default - none */
  readonly breakGlass?: BreakGlass;
}

export interface BreakGlass {
  /** Name of the user. */
  readonly name: string;
  /** Public keys; the private ones lie in a safe. */
  readonly sshKeys: readonly string[];
}

/** Mirrors by registry, as a fleet or a cluster says them. */
export type Mirrors = Pick<NodeProps, 'registries' | 'onlyMirrors'>;

export function mirrorsModel({ registries = {}, onlyMirrors }: Mirrors): FleetMirrors {
  return {
    registries: Object.entries(registries).map(([registry, { secret, endpoints, ...known }]) => ({
      registry,
      endpoints: [...endpoints],
      ...known,
      ...(secret !== undefined && { credentials: secret }),
    })),
    onlyMirrors,
  };
}

export function nodesModel(props: NodeProps): NodesModel {
  const { access } = props;
  return {
    ...mirrorsModel(props),
    install: (props.install ?? Install.online())[model],
    secretsFrom: (props.secrets ?? NodeSecrets.medium())[model],
    access: { sshKeys: [...(access?.sshKeys ?? [])], ...(access?.breakGlass && { breakGlass: access.breakGlass }) },
    ntpServers: props.ntpServers && [...props.ntpServers],
    quietHour: props.quietHour,
  };
}
