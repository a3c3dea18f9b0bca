import type { RowInventoryModel } from '../lib/model/fleet-model';
import { model } from './internal';

export interface InventoryOptions {
  /**
   * Columns by another name than ours: `{ name: 'store_no', storeId: 'id' }`.
   * @default - `name latitude longitude timeZone state clusterGeneration` are facts of the site, all others are values
   */
  readonly columns?: Readonly<Record<string, string>>;
}

/**
 * A list of sites, or of their nodes, a row each. It is read at synth; a row that does not fit is reported with file, line and field, all of them at once.
 *
 * @example
 * const inventory = Inventory.csv('stores.csv', { columns: { name: 'store_no' } });
 */
export class Inventory {
  /** Comma-separated, with one header line (RFC 4180). A cell is text; where the schema wants a number or a boolean it is read as one. An empty cell is an absent value. */
  static csv(file: string, options: InventoryOptions = {}): Inventory {
    return new Inventory({ kind: 'csv', file, columns: { ...options.columns } });
  }

  /** A list of maps. */
  static yaml(file: string, options: InventoryOptions = {}): Inventory {
    return new Inventory({ kind: 'yaml', file, columns: { ...options.columns } });
  }

  /** An array of objects. */
  static json(file: string, options: InventoryOptions = {}): Inventory {
    return new Inventory({ kind: 'json', file, columns: { ...options.columns } });
  }

  /** Rows that the program makes itself. */
  static rows(rows: Iterable<Readonly<Record<string, unknown>>>, options: InventoryOptions = {}): Inventory {
    return new Inventory({ kind: 'rows', rows, columns: { ...options.columns } });
  }

  readonly [model]: RowInventoryModel;

  private constructor(inventory: RowInventoryModel) {
    this[model] = inventory;
  }
}
