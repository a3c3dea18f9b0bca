import type { Duration } from 'cdk8s';
import type { LinkModel } from '../lib/model/link-model';
import { model } from './internal';
import type { Bandwidth } from './units';

export interface LinkOptions {
  /** What the link carries towards the site. @default - unknown */
  readonly bandwidth?: Bandwidth;
}

export interface IntermittentLinkOptions extends LinkOptions {
  /** The longest time for which a site must go on without the link. */
  readonly longestOutage: Duration;
}

/**
 * How a site is connected to the rest of the world. A fact of the site: `edgecdk list --json` shows it, and what EdgeCDK makes of nodes and delivery will
 * depend on it; manifests do not.
 *
 * @example
 * const link = Link.intermittent({ longestOutage: Duration.days(7), bandwidth: Bandwidth.megabitsPerSecond(2) });
 */
export class Link {
  /** Reachable but for short failures. */
  static online(options: LinkOptions = {}): Link {
    return new Link({ kind: 'online', ...bandwidthOf(options) });
  }

  /** Away for hours or days at a time. */
  static intermittent(options: IntermittentLinkOptions): Link {
    return new Link({
      kind: 'intermittent',
      longestOutageSeconds: options.longestOutage.toSeconds(),
      ...bandwidthOf(options),
    });
  }

  /** Never connected: everything comes by hand. */
  static offline(): Link {
    return new Link({ kind: 'offline' });
  }

  readonly [model]: LinkModel;

  private constructor(link: LinkModel) {
    this[model] = link;
  }
}

function bandwidthOf(options: LinkOptions): Pick<LinkModel, 'bitsPerSecond'> {
  return options.bandwidth ? { bitsPerSecond: options.bandwidth[model] } : {};
}
