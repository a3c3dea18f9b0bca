import type { NodesModel } from '../lib/model/nodes-model';
import { Install } from './install';
import { model } from './internal';
import { NodeSecrets } from './node-secrets';

/** What a cluster's description says of its machines. It is made for those whose device class has an operating system; of all others EdgeCDK makes no files. */
export interface NodeProps {
  /** @default Install.online() */
  readonly install?: Install;
  /** Where images come from instead, by the registry in their names; `*` for all others. Equal at all sites. @default - from the registries themselves */
  readonly registries?: Readonly<Record<string, RegistryMirror>>;
  /** Never ask a registry itself for what its mirror has not got. @default false */
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
  /** URLs, tried in order: `https://mirror.example:5000`. Credentials in a URL are an error at synth. */
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

export function nodesModel(props: NodeProps): NodesModel {
  const { access } = props;
  return {
    registries: Object.entries(props.registries ?? {}).map(([registry, { secret, ...known }]) => ({
      registry,
      ...known,
      ...(secret !== undefined && { credentials: secret }),
    })),
    onlyMirrors: props.onlyMirrors ?? false,
    install: (props.install ?? Install.online())[model],
    secretsFrom: (props.secrets ?? NodeSecrets.medium())[model],
    access: { sshKeys: [...(access?.sshKeys ?? [])], ...(access?.breakGlass && { breakGlass: access.breakGlass }) },
    ntpServers: props.ntpServers && [...props.ntpServers],
    quietHour: props.quietHour,
  };
}
