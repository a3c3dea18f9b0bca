import type { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { LeafPropertyModel } from '../lib/model/leaf-model';
import type { Platform } from '../lib/model/platform';
import type { ModelContext, PerSite, PerSiteModel } from '../lib/model/site-context';
import type { LeafDeviceWorkloadModel } from '../lib/model/workload-model';
import type { DeviceModel, ModelProperties, ModelProperty, PropertyFace } from './device-model';
import { Fleet } from './fleet';
import type { LeafHardware } from './hardware';
import { model, types } from './internal';
import type { LeafAttachment } from './leaf-attachment';
import type { LeafMapper } from './leaf-mapper';
import type { LeafProtocol } from './leaf-protocol';
import type { LeafPush } from './leaf-push';
import type { LeafVisitor } from './leaf-visitor';
import type { Placement } from './placement';

interface PropertyProps<P extends string> {
  /** Where in the device it is. */
  readonly visitor: LeafVisitor<P>;
  /** How often it is read. Whole milliseconds, at least one. */
  readonly every: Duration;
  /** How often it is reported. @default - `every` */
  readonly reportEvery?: Duration;
  /** Whether the cloud hears of it. @default true */
  readonly reportToCloud?: boolean;
  /** Where readings go besides. @default - nowhere */
  readonly push?: LeafPush;
}

/** One property of a device: of the protocol of its model, and with a desired value only where its model lets it be set. */
export type LeafProperty<P extends string, T> = PropertyProps<P> &
  (T extends ModelProperty<PropertyFace<infer Value, infer Writable>>
    ? [Writable] extends [true]
      ? {
          /** What its twin shall be; a text may be a site value, and a number too. @default - whatever it is */
          readonly desired?: Value;
        }
      : {
          /** The model only reads it. @default - none */
          readonly desired?: never;
        }
    : unknown);

/** A visitor for each property of the model, no more and no less. */
export type LeafProperties<P extends string, M extends ModelProperties> = {
  readonly [K in keyof M]: LeafProperty<P, M[K]>;
};

type WritableKeys<M extends ModelProperties> = {
  [K in keyof M]: M[K] extends ModelProperty<PropertyFace<unknown, true>> ? K : never;
}[keyof M];

export interface LeafDeviceProps<V, N extends readonly [Platform], P extends string, M extends ModelProperties> {
  /** The nodes that it hangs on, one device per site: `Placement.on(store).onNodes(till)`. */
  readonly behind: Placement<V, N>;
  /** Which of a site's nodes of that class, from 1. @default - the only one; several are an error */
  readonly ordinal?: number;
  readonly model: DeviceModel<P, M>;
  /** @default - none: an error behind KubeEdge, which reaches devices by mappers alone */
  readonly mapper?: LeafMapper<unknown, readonly [Platform], Platform, NoInfer<P>>;
  readonly protocol: PerSite<LeafProtocol<NoInfer<P>>, V>;
  readonly properties: PerSite<LeafProperties<NoInfer<P>, NoInfer<M>>, V>;
  /** Commands that set properties together, by name. @default - none */
  readonly methods?: Readonly<
    Record<
      string,
      {
        /** @default - none */
        readonly description?: string;
        readonly properties: readonly WritableKeys<NoInfer<M>>[];
      }
    >
  >;
  /** How often its mapper reports whether it answers. @default - never */
  readonly stateEvery?: Duration;
  /** What serves it behind a node of K3s or MicroK8s. @default - none: an error there */
  readonly attachment?: PerSite<LeafAttachment, V>;
  /** @default - unknown */
  readonly hardware?: LeafHardware;
  /** Who answers for it: a label on its objects. @default - the fleet's */
  readonly owner?: string;
}

/**
 * A sensor, PLC, camera or micro-controller behind a node: one at each site of its placement. Behind KubeEdge it is a Device `<id>-<site>` of its model;
 * behind K3s and MicroK8s what its `attachment` says.
 *
 * @example
 * new LeafDevice(fleet, 'meter-1', {
 *   behind: Placement.on(store).onNodes(till), model: meter, mapper: modbus,
 *   protocol: ({ site }) => LeafProtocol.modbusTcp({ host: `meter.${site.name}.example`, unit: 1 }),
 *   properties: { power: { visitor: LeafVisitor.modbus({ register: 'holding', offset: 0 }), every: Duration.seconds(10) } },
 * });
 */
export class LeafDevice<
  V = unknown,
  N extends readonly [Platform] = readonly [Platform],
  const P extends string = string,
  const M extends ModelProperties = ModelProperties,
> extends Construct {
  declare readonly [types]: { readonly protocol: P };
  readonly [model]: { readonly as: 'workload'; readonly record: LeafDeviceWorkloadModel };

  constructor(scope: Construct, id: string, props: LeafDeviceProps<V, N, P, M>) {
    super(scope, id);
    const { behind, ordinal, mapper, protocol, properties, methods, stateEvery, attachment, hardware } = props;
    const kind = props.model[model].record;
    this[model] = {
      as: 'workload',
      record: {
        kind: 'leaf-device',
        path: this.node.path,
        id,
        owner: props.owner ?? Fleet.of(this).owner,
        namespace: kind.namespace,
        placement: behind[model],
        content: {
          ordinal,
          model: kind,
          mapper: mapper?.[model].record.mapper,
          protocol: mapped(protocol, (value) => value[model]),
          properties: mapped(properties, propertyModels),
          methods: Object.fromEntries(
            Object.entries(methods ?? {}).map(([name, { description, properties: set }]) => [
              name,
              { description, properties: set.map(String) },
            ]),
          ),
          stateMs: stateEvery?.toMilliseconds({ integral: false }),
          attachment: attachment && mapped(attachment, (value) => value[model]),
          hardware: hardware?.name,
        },
        variants: [],
      },
    };
  }
}

/** The record of the thing, or of what its function returns. */
function mapped<T, V, R>(value: PerSite<T, V>, toModel: (value: T) => R): PerSiteModel<R> {
  if (typeof value !== 'function') return toModel(value as T);
  const make = value as unknown as (context: ModelContext) => T;
  return (context: ModelContext) => toModel(make(context));
}

function propertyModels(properties: object): Readonly<Record<string, LeafPropertyModel>> {
  const entries = Object.entries(properties) as [
    string,
    PropertyProps<string> & { readonly desired?: string | number | boolean },
  ][];
  return Object.fromEntries(
    entries.map(([name, { visitor, every, reportEvery, reportToCloud, desired, push }]) => [
      name,
      {
        visitor: visitor[model],
        collectMs: every.toMilliseconds({ integral: false }),
        reportMs: (reportEvery ?? every).toMilliseconds({ integral: false }),
        reportToCloud: reportToCloud ?? true,
        desired,
        push: push?.[model],
      },
    ]),
  );
}
