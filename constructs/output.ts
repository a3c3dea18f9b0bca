import { model } from './internal';

/**
 * What is written of sites that pull what they run. Sites whose delivery is local always have files of their own.
 *
 * @example
 * const fleet = new Fleet('grocer', { root: __dirname, output: Output.expanded() });
 */
export class Output {
  /** Content that sites share, once, and a small record of each site: what engines read. */
  static layered(): Output {
    return new Output({ writesExpanded: false });
  }

  /** The same, and beside it all objects of each site in full, in `sites/<shard>/<site>/expanded`, for people who review a change. Nothing reads them. */
  static expanded(): Output {
    return new Output({ writesExpanded: true });
  }

  readonly [model]: { readonly writesExpanded: boolean };

  private constructor(output: { readonly writesExpanded: boolean }) {
    this[model] = output;
  }
}
