import type { KitWords } from './kit-words';
import type { SeedMedium } from './node-model';
import type { NodePort } from './node-port';
import type { DistributionName } from './site-context';

/**
 * What a change of a file asks for on a node that runs: `live` nothing; `restart` a restart of Kubernetes; `reboot` one of the machine, in its quiet hour; `once` the file is
 * written once in the node's life and stays when it leaves the tree; `reprovision` the change is refused once Kubernetes has been started.
 */
export type NodeEffect = 'live' | 'restart' | 'reboot' | 'once' | 'reprovision';

/** A file, or a folder, that stands on a node's disk. */
export interface NodeFile {
  /** Absolute path on the node; a folder ends with `/`. */
  readonly path: string;
  /** Octal, such as `0644`. */
  readonly mode: string;
  /** Names of user and group, such as `root:root`. */
  readonly owner: string;
  readonly effect: NodeEffect;
  /** The whole content; empty for a folder. Never holds the value of a secret. */
  readonly text: string;
  /** Names of the files in `/etc/edgecdk/secrets` that this file refers to. */
  readonly secrets: readonly string[];
}

/** What stands on the disks of all nodes of one role. What differs from node to node is apart, in `NodeIdentityFiles`. */
export interface NodeTree {
  readonly role: 'server' | 'agent';
  readonly distribution: DistributionName;
  /** As the distribution writes it: `v1.33.5+k3s1`. */
  readonly version: string;
  /** By path. */
  readonly files: readonly NodeFile[];
  /** The file `settings`, which `apply.sh` reads. */
  readonly settings: string;
  /** Text of `apply.sh`, the same for all trees of its distribution. */
  readonly script: string;
  /** What must be there before Kubernetes starts. */
  readonly secrets: readonly NodeSecretUse[];
  /** What its machines must be reached at, for people. */
  readonly ports: readonly NodePort[];
  /** What they must reach outside of the site, for people. @default - what they install from, and nothing of their distribution's own */
  readonly dials?: readonly DialledAddress[];
  /** For the sheet of a kit. @default - words that go with any Kubernetes */
  readonly kit?: KitWords;
  /** Folder for copies of the cluster, on a disk of its own. @default - none, or in a bucket */
  readonly backupFolder?: string;
  /** Of workloads: the machine makes Secrets of them once they are there. @default - none */
  readonly workloadSecrets?: readonly NodeSecretUse[];
  /** Where the image of its nodes looks for a seed; for those who make media. @default 'cidata' */
  readonly seedMedium?: SeedMedium;
}

/** What makes a node itself: its name, its address, its join, its site's time. */
export interface NodeIdentityFiles {
  readonly node: string;
  /** By path. */
  readonly files: readonly NodeFile[];
}

/** What a machine dials. */
export interface DialledAddress {
  /** `203.0.113.10:10000/tcp` */
  readonly address: string;
  readonly purpose: string;
}

/**
 * A file in `/etc/edgecdk/secrets`, by what its content must be: `token` one line that is a token of its distribution; `environment` lines of NAME=value as systemd
 * reads them, with the names that are needed; `user-password` one line of `user:password`; `folder` no file but a folder of them.
 */
export interface NodeSecretUse {
  readonly name: string;
  readonly form: 'token' | 'environment' | 'user-password' | 'folder';
  /** Names of its lines, or of its files: `etc/x` is one in a folder below. @default - none but for `environment` and `folder` */
  readonly keys: readonly string[];
  /** Of a token: it has this many letters and digits at the least, and nothing else. @default - any line will do */
  readonly digits?: number;
  /** Each machine has its own, which must never be another's. @default - the same for all machines of a site */
  readonly perNode?: boolean;
  /** Files of a folder that are a certificate and its key. @default - none */
  readonly certificate?: SecretCertificate;
  /** What reads it, for people. */
  readonly purpose: string;
}

export interface SecretCertificate {
  readonly file: string;
  readonly key: string;
  /** Common name of its subject, with `{node}` where the machine's name is. */
  readonly commonName: string;
}

/** A node tree and what it asks of the machines that have it. */
export interface RenderedTree {
  readonly tree: NodeTree;
  /** Id of its device class. */
  readonly deviceClass: string;
  /** SHA-256 over all of its files. */
  readonly digest: string;
}
