import { Construct } from 'constructs';
import type { BlueprintModel } from '../lib/model/fleet-model';
import type { Platform } from '../lib/model/platform';
import type { SchemaOutput, SiteSchema, SiteTokens } from '../lib/model/site-context';
import type { Cluster } from './cluster';
import type { Delivery } from './delivery';
import { type Description, model, types } from './internal';
import { Link } from './link';
import type { Sites } from './sites';

export interface SiteBlueprintProps<S extends SiteSchema, P extends Platform> {
  /** What each site must say about itself: an object schema of zod or any other Standard Schema. @default - nothing but its name */
  readonly schema?: S;
  /** The cluster of each site, or how to make it from the site's values. */
  readonly cluster: Cluster<P> | ((context: { readonly site: SiteTokens<SchemaOutput<S>> }) => Cluster<P>);
  /**
   * Values that are also labels of objects, as `edgecdk.dev/<value>`; of a workload on several blueprints, those that all of them name. They must be legal
   * label values. @default - none
   */
  readonly labels?: readonly (keyof SchemaOutput<S> & string)[];
  /**
   * Where other nodes reach a node: a DNS name, or an IP address that is always that of the node. Nodes are named `<site>-<device class>-<ordinal>`, with
   * `-g1` behind it for the machine that replaces the first. @default - the address that a node inventory gives; servers of sites with two nodes need either
   */
  readonly nodeAddress?: (context: NodeContext<SchemaOutput<S>>) => string;
  /** @default Link.online() */
  readonly link?: Link;
  /**
   * How its sites get what they run. Sites whose nodes join a cluster elsewhere have none of their own: an error at synth; say it of that cluster. @default - as
   * the fleet says
   */
  readonly delivery?: Delivery;
  /** Hardware profile of its sites. @default - the sorted set of the hardware of a site's nodes, such as `n100-16gb+rpi-4b-4gb` */
  readonly profile?: string;
}

/** One node of a site, for saying where it is reached. */
export interface NodeContext<V> {
  readonly site: SiteTokens<V>;
  readonly node: {
    readonly name: `node.name=${string}`;
    /** Id of its device class. */
    readonly deviceClass: string;
    /** From 1, per device class and site. */
    readonly ordinal: number;
  };
}

/**
 * What sites of one kind have in common: their values, their cluster, their link.
 *
 * @example
 * const store = new SiteBlueprint(fleet, 'store', {
 *   schema: z.object({ storeId: z.string(), tills: z.number().int() }),
 *   cluster: ({ site }) => new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), agents: till.count(site.values.tills) }),
 *   nodeAddress: ({ site, node }) => `${node.name}.${site.name}.stores.example`,
 * });
 */
// biome-ignore lint/complexity/noBannedTypes: a schema without values
export class SiteBlueprint<S extends SiteSchema = SiteSchema<{}, {}>, P extends Platform = Platform>
  extends Construct
  implements Sites<SchemaOutput<S>, P>
{
  declare readonly [types]: { readonly values: SchemaOutput<S>; readonly platform: P };
  readonly [model]: Description;

  constructor(scope: Construct, id: string, props: SiteBlueprintProps<S, P>) {
    super(scope, id);
    const { cluster } = props;
    this[model] = {
      as: 'blueprint',
      record: {
        path: this.node.path,
        id,
        schema: props.schema,
        cluster: (site) => (typeof cluster === 'function' ? cluster({ site: site as never }) : cluster)[model],
        labels: [...(props.labels ?? [])],
        nodeAddress: props.nodeAddress as BlueprintModel['nodeAddress'],
        link: (props.link ?? Link.online())[model],
        delivery: props.delivery?.[model],
        profile: props.profile,
      },
    };
  }
}
