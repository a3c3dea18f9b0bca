import { Construct } from 'constructs';
import { DMI_FOLDER } from '../lib/catalog/kubeedge-devices';
import { mapperWorkload } from '../lib/model/leaf-mapper';
import type { LeafMapperModel } from '../lib/model/leaf-model';
import type { Platform } from '../lib/model/platform';
import { type ContainerContent, containerContent } from './container-content';
import { Fleet } from './fleet';
import { model, types } from './internal';
import type { Fits, Placement } from './placement';
import { Run } from './run';
import type { SecretRef } from './secret';

export interface LeafMapperProps<V, N extends readonly [Platform], Q extends Platform, P extends string>
  extends Pick<
    ContainerContent<V, Q>,
    'image' | 'platforms' | 'resources' | 'command' | 'args' | 'env' | 'mounts' | 'devices' | 'health'
  > {
  /** What it speaks. A second mapper of one protocol on a node is an error: KubeEdge would forget the first. */
  readonly protocol: P;
  /** The nodes that devices hang on; it runs on each. */
  readonly placement: Placement<V, N>;
  /** Namespace of its objects; need not be that of its devices. @default - the fleet's */
  readonly namespace?: string;
  /** Who answers for it. @default - the fleet's */
  readonly owner?: string;
  /** Its release, which it registers with. @default 'v1.0.0' */
  readonly version?: string;
  /** Of its own HTTP interface. @default 7777 */
  readonly port?: number;
  /** Logins of the devices behind it, which it finds as files. @default - none */
  readonly logins?: readonly SecretRef[];
}

/**
 * A mapper: the program between KubeEdge and the devices of one protocol behind a node. Runs as root, since edgecore's socket is root's, and sees the folder
 * of that socket alone, not the node's keys. Its configuration is made; `args` of your own must name it: `--config-file /etc/edgecdk/mapper/config.yaml`.
 * @see https://github.com/kubeedge/kubeedge/tree/master/staging/src/github.com/kubeedge/mapper-framework
 *
 * @example
 * new LeafMapper(fleet, 'mqtt-mapper', {
 *   protocol: 'mqtt', image: 'ghcr.io/acme/mqtt-mapper:1.2.0', platforms: ['linux/arm64'],
 *   resources: { cpu: Cpu.millis(100), memory: Size.mebibytes(64) },
 *   placement: Placement.on(store).onNodes(till),
 * });
 */
export class LeafMapper<
  V = unknown,
  N extends readonly [Platform] = readonly [Platform],
  const Q extends Platform = Platform,
  const P extends string = string,
> extends Construct {
  declare readonly [types]: { readonly protocol: P };
  readonly [model]: { readonly as: 'workload'; readonly record: ReturnType<typeof mapperWorkload> };

  constructor(scope: Construct, id: string, props: LeafMapperProps<V, N, Q, P> & Fits<N, Q>) {
    super(scope, id);
    const fleet = Fleet.of(this);
    const { protocol, placement, namespace, owner, version, port, logins, ...content } = props;
    const mapper: LeafMapperModel = {
      path: this.node.path,
      id,
      owner: owner ?? fleet.owner,
      namespace: namespace ?? fleet.namespace,
      placement: placement[model],
      protocol,
      version: version ?? 'v1.0.0',
      port: port ?? 7777,
      logins: (logins ?? []).map((login) => login[model]),
      content: containerContent<V, Q>({ ...(content as ContainerContent<V, Q>), run: Run.onEveryNode() }),
    };
    this[model] = { as: 'workload', record: mapperWorkload(mapper, DMI_FOLDER) };
  }
}
