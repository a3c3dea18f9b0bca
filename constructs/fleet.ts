import { type IConstruct, RootConstruct } from 'constructs';
import type { FleetModel, Rule } from '../lib/model/fleet-model';
import { fleetKey, isFleet } from '../lib/model/fleet-symbol';
import type { Transform } from '../lib/model/kube-object';
import { type SynthOptions, type SynthResult, synth } from '../lib/synth';
import { collect, type FleetFacts } from './collect';
import { Delivery } from './delivery';
import { model } from './internal';
import { mirrorsModel, type RegistryMirror } from './node-props';
import { Output } from './output';
import type { SecretStore } from './secret';

export interface FleetProps {
  /** Folder that relative paths of the program start from: `__dirname`, or `import.meta.dirname`. @default - relative paths are an error */
  readonly root?: string;
  /** Namespace of workloads that name none. @default 'default' */
  readonly namespace?: string;
  /** Who answers for workloads that name no owner. @default - no one: they have no owner label */
  readonly owner?: string;
  /**
   * Where images come from instead, by the registry in their names; `*` for all others: for all clusters whose machines EdgeCDK sets up. A cluster that names a
   * registry itself has its own mirrors of that one, and those of the fleet for the others. Site values belong in the mirrors of a cluster, which
   * knows its sites. @default - from the registries themselves
   */
  readonly registries?: Readonly<Record<string, RegistryMirror>>;
  /** Never ask a registry itself for what its mirror has not got, unless a cluster says otherwise. @default false */
  readonly onlyMirrors?: boolean;
  /** How sites get what they run. @default Delivery.local() */
  readonly delivery?: Delivery;
  /** What is written of sites that pull what they run. @default Output.layered() */
  readonly output?: Output;
  /** Where secrets come from. @default - a SecretRef is an error */
  readonly secrets?: SecretStore;
  /** Last word on every object of a workload, after rendering and before checks; runs once per template. @default - none */
  readonly transform?: Transform;
  /** Rules besides the built-in ones. @default - none */
  readonly rules?: readonly Rule[];
}

/**
 * Everything described in one program: the root construct, and what the program exports.
 *
 * @example
 * const fleet = new Fleet('grocer', { root: __dirname });
 * export default fleet;
 */
export class Fleet extends RootConstruct {
  /** The fleet that a construct belongs to; throws outside a fleet. */
  static of(construct: IConstruct): Fleet {
    const { root } = construct.node;
    if (!Fleet.isFleet(root)) {
      throw new Error(
        `[${construct.node.path}] belongs to no fleet (its root is ${root.constructor.name}); give it a Fleet, or something in one, as scope`,
      );
    }
    return root;
  }

  /** Also true for a fleet of another copy of this package, for which `instanceof` is false. */
  static isFleet(x: unknown): x is Fleet {
    return isFleet(x);
  }

  /** Namespace of workloads that name none. */
  readonly namespace: string;
  /** Owner of workloads that name none. */
  readonly owner?: string;
  readonly [model]: FleetFacts;

  constructor(id: string, props: FleetProps = {}) {
    super(id);
    this.namespace = props.namespace ?? 'default';
    this.owner = props.owner;
    this[model] = {
      id,
      root: props.root,
      secrets: props.secrets?.[model],
      mirrors: mirrorsModel(props),
      delivery: (props.delivery ?? Delivery.local())[model],
      ...(props.output ?? Output.layered())[model],
      transform: props.transform,
      rules: [...(props.rules ?? [])],
    };
  }

  /** The model, for the `edgecdk` command. */
  [fleetKey](): FleetModel {
    return collect(this, this[model]);
  }

  /**
   * Resolves, renders, checks and writes. For scripts; the `edgecdk` command calls it for a fleet that a program exports.
   * Throws `SynthError` with all problems; nothing is written then.
   */
  synth(options: SynthOptions = {}): SynthResult {
    return synth(this[fleetKey](), options);
  }
}
