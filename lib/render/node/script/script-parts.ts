import type { ScriptOption } from './options';
import type { Step } from './shell-text';

/** All of `apply.sh` that is a distribution's own. What all have in common stands in this folder and names none of them. */
export interface ScriptParts {
  /** Name of the distribution in messages: `K3s`. */
  readonly title: string;
  /** What a folder of artifacts holds, in a few words. */
  readonly artifacts: string;
  /** Unit of systemd whose health counts, by role; of both, where one is both. */
  readonly unit: string | { readonly server: string; readonly agent: string };
  /** Names in the file `settings`, those that all trees have included: a line of another name is refused. */
  readonly settings: { readonly required: readonly string[]; readonly optional: readonly string[] };
  /** The one of them that says what is installed, such as `K3S_VERSION`; messages name its value. */
  readonly releaseSetting: string;
  /** Names that it reads from `identity.env` beside those of all. */
  readonly identityNames: readonly string[];
  /** Patterns of paths that no tree may claim: what the distribution writes itself. */
  readonly ownPaths: readonly string[];
  /** Path of an address among the `PEERS` that a server answers at. @default - the root */
  readonly answersAt?: string;
  /** Variables and functions that several of its steps and hooks use. */
  readonly helpers: string;
  readonly hooks: ScriptHooks;
  readonly steps: OwnSteps;
  /** Options beside those of all. */
  readonly options: readonly ScriptOption[];
  /** Records in `/var/lib/edgecdk` beside those of all: name and what it says. */
  readonly records: ReadonlyArray<readonly [name: string, says: string]>;
}

/** Functions of the shell that shared steps call, and that are each distribution's own. Each is the function of this name, and those that only it uses. */
export interface ScriptHooks {
  /** Sets `needed` to the names that must have a value beside the required ones, and refuses settings that cannot be. */
  readonly check_own_settings: string;
  /** Sets what depends on the machine's architecture, and refuses one that the tree is not for. */
  readonly find_architecture: string;
  /** Refuses a machine without the programs that it needs. */
  readonly check_tools: string;
  /** Looks at the release that is installed: refuses a way that it cannot go, and says where it stays. */
  readonly compare_version: string;
  /** Refuses data on the machine that the tree cannot go on with. */
  readonly compare_data: string;
  /** On a machine that has begun: refuses what counts from the beginning of a cluster alone. */
  readonly compare_beginning: string;
  /** Whether there is something to lose: until then, a wrong value is put right by the next tree. */
  readonly has_begun: string;
  /** Whether Kubernetes is well here, at this moment. */
  readonly is_healthy: string;
}

/** A distribution's own steps, by their place among those of all. */
export interface OwnSteps {
  /** Looks once more at what was brought and at the machine; nothing outside of `/var/lib/edgecdk` changes. */
  readonly look: readonly Step[];
  /** The files of the tree are written; before a restart of the machine that is owed, so that a medium may be pulled out by then. */
  readonly install: readonly Step[];
  /** Up to the start of Kubernetes. Behind it, its health is looked at; where it is not well, the machine goes back to the payload before and runs through all again. */
  readonly start: readonly Step[];
  /** Kubernetes is well. */
  readonly settle: readonly Step[];
}
