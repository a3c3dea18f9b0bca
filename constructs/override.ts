import { Construct } from 'constructs';
import type { Platform } from '../lib/model/platform';
import type { ContainerContent as ContentModel } from '../lib/model/workload-model';
import { type ContainerContent, partialContent, type Resources } from './container-content';
import type { ContainerWorkload } from './container-workload';
import { type Description, model } from './internal';
import type { Placement } from './placement';
import type { Run } from './run';

export interface OverrideProps<V, N extends readonly [Platform]> {
  /** The workload that is other than usual there; it must be placed on the sites already. */
  readonly workload: ContainerWorkload;
  /** The sites. One that selects no site of the workload is an error. */
  readonly sites: Placement<V, N>;
  /** @default - as the workload says */
  readonly image?: string;
  /** @default - as the workload says */
  readonly resources?: Resources;
  /** @default - as the workload says */
  readonly run?: Run;
  /** Added to the workload's own; equal names win. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** Site values that this workload sees there instead of the sites' own. @default - none */
  readonly values?: Partial<V>;
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it holds: `2026-12-31`. Checked only against the date given by `--today`, never the clock. */
  readonly until: string;
}

/**
 * A dated exception: other content for one workload at some sites, with owner and reason. It shows as a variant in the summary and the index.
 * Where several select a site they apply in the order of the program.
 *
 * @example
 * new Override(fleet, 'pos-hotfix', {
 *   workload: pos, sites: Placement.on(store).where({ values: { region: 'north' } }), image: 'ghcr.io/acme/pos:1.4.3-rc1',
 *   owner: 'payments', reason: 'card reader firmware 7 hangs', until: '2026-12-31',
 * });
 */
export class Override<V = unknown, N extends readonly [Platform] = readonly [Platform]> extends Construct {
  readonly [model]: Description;

  constructor(scope: Construct, id: string, props: OverrideProps<V, N>) {
    super(scope, id);
    const { image, resources, run, env, values, owner, reason, until } = props;
    const content: Partial<ContainerContent<V, Platform>> = { image, resources, run, env };
    this[model] = {
      as: 'override',
      record: {
        path: this.node.path,
        id,
        placement: props.sites[model],
        workload: props.workload.node.path,
        content: partialContent(content) as Partial<ContentModel>,
        values: { ...values },
        owner,
        reason,
        until,
      },
    };
  }
}
