import { Construct } from 'constructs';
import type { NodeCount, Platform } from 'edgecdk';
import { type Cluster, clusterOf } from '../../../constructs/cluster';
import { model, type types } from '../../../constructs/internal';
import type { SharedClusterModel } from '../../../lib/model/distribution';
import { FAKEOS } from './fakeos';
import { FAKEOS_NAME, type FakeosClusterModel } from './records';

export interface FakeosClusterProps<P extends Platform> {
  /** `fakeos-1.33.2` */
  readonly version: string;
  readonly kiosks: NodeCount<P>;
  /** @default 'hello' */
  readonly greeting?: string;
}

/** fakeos, once at each site. */
export class FakeosCluster<P extends Platform = Platform> implements Cluster<P> {
  readonly distribution = FAKEOS_NAME;
  declare readonly [types]: { readonly platform: P };
  readonly [model]: FakeosClusterModel;

  constructor({ version, kiosks, greeting = 'hello' }: FakeosClusterProps<P>) {
    this[model] = {
      distribution: FAKEOS,
      version,
      nodes: [{ ...kiosks[model], role: 'server' }],
      machines: {
        greeting,
        consoleSecret: 'console',
        registries: [],
        onlyMirrors: false,
        install: { mode: 'online' },
        secretsFrom: { kind: 'medium' },
        access: { sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ops'] },
      },
    };
  }
}

/** fakeos once, which kiosks of many sites join. */
export class FakeosHub extends Construct {
  readonly [model]: { readonly as: 'shared-cluster'; readonly record: SharedClusterModel };

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this[model] = { as: 'shared-cluster', record: { path: this.node.path, id, distribution: FAKEOS, parts: [] } };
  }

  /** What a blueprint puts at each site. */
  join<P extends Platform>(props: FakeosClusterProps<P>): Cluster<P> {
    const record = new FakeosCluster(props)[model];
    return clusterOf({
      ...record,
      nodes: record.nodes.map((count) => ({ ...count, role: 'agent' })),
      shared: this[model].record.path,
    });
  }
}
