import type { ClusterModel } from '../../../lib/model/distribution';
import type { NodeInput } from '../../../lib/model/node-input';
import type { NodesModel } from '../../../lib/model/nodes-model';
import type { DistributionName } from '../../../lib/model/site-context';

/** What a distribution of its own would add to `DistributionName`, so that programs can compare with it. */
export const FAKEOS_NAME = 'fakeos' as DistributionName;

export interface FakeosNodesModel extends NodesModel {
  /** What its machines say when they start; equal at all sites. */
  readonly greeting: string;
  /** Name of the secret that a machine shows its console with. */
  readonly consoleSecret: string;
}

export interface FakeosClusterModel extends ClusterModel {
  readonly machines: FakeosNodesModel;
}

export interface FakeosNodeInput extends NodeInput {
  readonly version: string;
  readonly greeting: string;
  readonly consoleSecret: string;
}
