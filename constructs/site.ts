import { Construct } from 'constructs';
import type { SiteState } from '../lib/model/plan';
import type { Platform } from '../lib/model/platform';
import type { SchemaInput, SchemaOutput, SiteSchema } from '../lib/model/site-context';
import { type Description, model, types } from './internal';
import type { Link } from './link';
import type { SiteBlueprint } from './site-blueprint';
import type { SiteNode } from './site-node';
import type { Sites } from './sites';

/** What is known of a place whatever its kind. Shown by `edgecdk list --json`; manifests do not depend on it, but for the state. */
export interface SiteFacts {
  /** Degrees, -90 to 90. @default - unknown */
  readonly latitude?: number;
  /** Degrees, -180 to 180. @default - unknown */
  readonly longitude?: number;
  /** IANA name, such as `Europe/Lisbon`. @default 'UTC' */
  readonly timeZone?: string;
  /** @default 'active' */
  readonly state?: SiteState;
  /**
   * How many clusters the site had before this one. Counting it up marks the site for re-provisioning: all its machines get new names and media and begin a
   * new, empty cluster. That is how what cannot change in place is changed. It must be above every generation that a machine of the site has had, and of more
   * than two sites and 1 % at once it is an error without --allow-removals. @default 0
   */
  readonly clusterGeneration?: number;
  /** @default - the blueprint's */
  readonly link?: Link;
}

// biome-ignore lint/complexity/noBannedTypes: asks whether the schema accepts a site that says nothing
export type SiteValueProps<I> = {} extends I
  ? {
      /** What the blueprint's schema asks for. @default - nothing */
      readonly values?: I;
    }
  : {
      /** What the blueprint's schema asks for. */
      readonly values: I;
    };

export type SiteProps<S extends SiteSchema, P extends Platform> = SiteFacts & {
  readonly blueprint: SiteBlueprint<S, P>;
  /** What is known of single nodes. @default - all nodes are as the blueprint has them */
  readonly nodes?: readonly SiteNode<P>[];
} & SiteValueProps<SchemaInput<S>>;

/**
 * One place, written by hand. Its id is its name: a DNS label, unique in the fleet.
 *
 * @example
 * const flagship = new Site(fleet, 'flagship', { blueprint: store, values: { storeId: '0001', tills: 12 }, timeZone: 'Europe/Lisbon' });
 */
export class Site<S extends SiteSchema = SiteSchema, P extends Platform = Platform>
  extends Construct
  implements Sites<SchemaOutput<S>, P>
{
  declare readonly [types]: { readonly values: SchemaOutput<S>; readonly platform: P };
  readonly [model]: Description;

  constructor(scope: Construct, id: string, props: SiteProps<S, P>) {
    super(scope, id);
    const { blueprint, link, values, nodes, ...facts } = props;
    this[model] = {
      as: 'source',
      record: {
        path: this.node.path,
        blueprint: blueprint.node.path,
        inventory: { kind: 'site', site: { name: id, facts, link: link?.[model], values: values ?? {} } },
        nodes: nodes && { kind: 'rows', rows: nodes.map((row) => nodeRow(id, row)), columns: {} },
      },
    };
  }
}

function nodeRow(site: string, { deviceClass, ...facts }: SiteNode): Readonly<Record<string, unknown>> {
  return { site, ...facts, deviceClass: deviceClass?.node.path };
}
