import { Construct } from 'constructs';
import type { WaveModel, WaveSites } from '../lib/model/wave';
import { type Description, model } from './internal';
import { type SiteMatch, siteMatch } from './placement';
import type { Sites } from './sites';

export interface WaveOptions {
  /**
   * How many of its sites may be changing or unavailable at a time: a whole number from 1, or a whole percentage from `1%` to `100%`; anything else is an error.
   * Rancher Fleet counts; sites that are offline take places of these too, so leave room for them. With Flux and Argo CD each site takes a change by itself, and
   * nobody counts. @default - as the delivery says
   */
  readonly maxUnavailable?: number | `${number}%`;
}

/**
 * One step in which a change goes out: which sites it has. Waves follow each other as the program makes them. A fleet with waves has each site in exactly one;
 * that two name a site, that none has it, and a wave without sites are errors. A name has at most 40 lower-case letters, digits and '-'. How an engine holds to
 * waves, docs/delivery.md says.
 *
 * @example
 * Wave.on(fleet, 'pilot', [superstore]);
 * Wave.share(fleet, 'canary', 5, { maxUnavailable: '10%' });
 * Wave.rest(fleet, 'all');
 */
export class Wave extends Construct {
  /** These sites, and all of these groups and blueprints. */
  static on(scope: Construct, id: string, sites: readonly [Sites, ...Sites[]], options: WaveOptions = {}): Wave {
    return new Wave(scope, id, { kind: 'on', paths: sites.map((s) => s.node.path) }, options);
  }

  /** All sites that match. */
  static where(
    scope: Construct,
    id: string,
    match: SiteMatch<Readonly<Record<string, unknown>>>,
    options: WaveOptions = {},
  ): Wave {
    return new Wave(scope, id, { kind: 'where', match: siteMatch(match) }, options);
  }

  /**
   * A share of the sites that no wave of the fleet names by `on` or `where`, in percent, between 0 and 100. A share has those before it in it and they must
   * rise: 5, then 50, are 5 % and another 45 %. Which sites these are, a hash of their names tells: none changes its wave because others come or go, and the
   * number is near to the share, not equal to it.
   */
  static share(scope: Construct, id: string, percent: number, options: WaveOptions = {}): Wave {
    return new Wave(scope, id, { kind: 'share', percent }, options);
  }

  /** All sites that are in no other wave. It is the last. */
  static rest(scope: Construct, id: string, options: WaveOptions = {}): Wave {
    return new Wave(scope, id, { kind: 'rest' }, options);
  }

  readonly [model]: Description;

  private constructor(scope: Construct, id: string, sites: WaveSites, { maxUnavailable }: WaveOptions) {
    super(scope, id);
    const record: WaveModel = { name: id, sites, ...(maxUnavailable !== undefined && { maxUnavailable }) };
    this[model] = { as: 'wave', record };
  }
}
