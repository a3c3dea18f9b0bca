import { Construct } from 'constructs';
import type { Platform } from '../lib/model/platform';
import type { SchemaOutput, SiteSchema } from '../lib/model/site-context';
import { type Description, model, types } from './internal';
import type { Inventory } from './inventory';
import type { SiteBlueprint } from './site-blueprint';
import type { Sites } from './sites';

export interface SiteGroupProps<S extends SiteSchema, P extends Platform> {
  readonly blueprint: SiteBlueprint<S, P>;
  /** One row per site. */
  readonly inventory: Inventory;
  /**
   * What is known of single nodes, a row each, with the columns `site slot deviceClass role serial mac address gateway dns nic disk generation`; `SiteNode`
   * says what they mean. A row names a slot that the blueprint counts; slots without a row are as the blueprint has them. Of `columns` the names on the left
   * are these. @default - all nodes are as the blueprint has them
   */
  readonly nodes?: Inventory;
}

/**
 * Many sites made from one blueprint and an inventory. Rows are no constructs: they are read at synth.
 *
 * @example
 * new SiteGroup(fleet, 'stores', { blueprint: store, inventory: Inventory.csv('stores.csv') });
 */
export class SiteGroup<S extends SiteSchema = SiteSchema, P extends Platform = Platform>
  extends Construct
  implements Sites<SchemaOutput<S>, P>
{
  declare readonly [types]: { readonly values: SchemaOutput<S>; readonly platform: P };
  readonly [model]: Description;

  constructor(scope: Construct, id: string, props: SiteGroupProps<S, P>) {
    super(scope, id);
    this[model] = {
      as: 'source',
      record: {
        path: this.node.path,
        blueprint: props.blueprint.node.path,
        inventory: props.inventory[model],
        nodes: props.nodes?.[model],
      },
    };
  }
}
