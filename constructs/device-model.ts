import { Construct } from 'constructs';
import type { DeviceModelRecord, ModelPropertyRecord, PropertyType } from '../lib/model/leaf-model';
import { Fleet } from './fleet';
import { model, types } from './internal';

/** What a property is, for the compiler: the JavaScript type of its values, and whether it can be set. */
export interface PropertyFace<Value = unknown, Writable extends boolean = boolean> {
  readonly value: Value;
  readonly writable: Writable;
}

export interface ModelPropertyOptions<Writable extends boolean> {
  /** Whether a twin can have a desired value and methods can set it. @default false */
  readonly writable?: Writable;
  /** Shown beside the value: `kW`. @default - none */
  readonly unit?: string;
  /** @default - none */
  readonly description?: string;
}

export interface NumberPropertyOptions<Writable extends boolean> extends ModelPropertyOptions<Writable> {
  /** Smallest value; a desired value below it is an error. A bigint where a number is not exact. @default - none */
  readonly minimum?: number | bigint;
  /** Largest value; a desired value above it is an error. A bigint where a number is not exact. @default - none */
  readonly maximum?: number | bigint;
}

/**
 * What one property of a kind of device is. How it is read, each device says with a `LeafVisitor`.
 *
 * @example
 * const properties = { power: ModelProperty.float({ unit: 'kW', minimum: 0 }), limit: ModelProperty.integer({ writable: true }) };
 */
export class ModelProperty<out F extends PropertyFace = PropertyFace> {
  static integer<const W extends boolean = false>(
    options: NumberPropertyOptions<W> = {},
  ): ModelProperty<PropertyFace<number, W>> {
    return made('INT', options);
  }

  /** 32 bits: about six digits. */
  static float<const W extends boolean = false>(
    options: NumberPropertyOptions<W> = {},
  ): ModelProperty<PropertyFace<number, W>> {
    return made('FLOAT', options);
  }

  /** 64 bits. */
  static double<const W extends boolean = false>(
    options: NumberPropertyOptions<W> = {},
  ): ModelProperty<PropertyFace<number, W>> {
    return made('DOUBLE', options);
  }

  /** A twin holds letters, digits and any of `-_.,:/@#`, up to 512 of them: no spaces. */
  static text<const W extends boolean = false>(
    options: ModelPropertyOptions<W> = {},
  ): ModelProperty<PropertyFace<string, W>> {
    return made('STRING', options);
  }

  static boolean<const W extends boolean = false>(
    options: ModelPropertyOptions<W> = {},
  ): ModelProperty<PropertyFace<boolean, W>> {
    return made('BOOLEAN', options);
  }

  static bytes(options: Omit<ModelPropertyOptions<false>, 'writable'> = {}): ModelProperty<PropertyFace<never, false>> {
    return made('BYTES', options);
  }

  /** Pictures of a camera. It must be named `saveFrame` or `saveVideo`, the two that mappers know. */
  static stream(
    options: Omit<ModelPropertyOptions<false>, 'writable'> = {},
  ): ModelProperty<PropertyFace<never, false>> {
    return made('STREAM', options);
  }

  declare readonly [types]: F;
  readonly [model]: ModelPropertyRecord;

  private constructor(property: ModelPropertyRecord) {
    this[model] = property;
  }

  /** @internal The one way to a property of a type. */
  static _of<F extends PropertyFace>(property: ModelPropertyRecord): ModelProperty<F> {
    return new ModelProperty<F>(property);
  }
}

function made<F extends PropertyFace>(type: PropertyType, options: NumberPropertyOptions<boolean>): ModelProperty<F> {
  const { writable, unit, description, minimum, maximum } = options;
  return ModelProperty._of<F>({
    type,
    writable: writable ?? false,
    minimum: bound(minimum),
    maximum: bound(maximum),
    unit,
    description,
  });
}

function bound(value: number | bigint | undefined): number | string | undefined {
  return typeof value === 'bigint' ? String(value) : value;
}

/** Properties by name. */
export type ModelProperties = Readonly<Record<string, ModelProperty>>;

export interface DeviceModelProps<P extends string, M extends ModelProperties> {
  /** What its devices speak: `modbus`, `mqtt`, `onvif`, or a name of your own. Devices, visitors and mapper must be of the same, which the compiler checks. */
  readonly protocol: P;
  /** Names are letters, digits and any of `-_.,:/@#`. */
  readonly properties: M;
  /** Of the model and all of its devices, which KubeEdge wants together. @default - the fleet's */
  readonly namespace?: string;
}

/**
 * A kind of leaf device: what can be read of it and set on it. KubeEdge gets it as a DeviceModel of its id (devices.kubeedge.io/v1beta1; the older v1alpha2
 * cannot be said here). @see https://github.com/kubeedge/kubeedge/tree/master/build/crds/devices
 *
 * @example
 * const pump = new DeviceModel(fleet, 'pump', {
 *   protocol: 'modbus',
 *   properties: { power: ModelProperty.float({ unit: 'kW' }), limit: ModelProperty.integer({ writable: true, minimum: 0, maximum: 100 }) },
 * });
 */
export class DeviceModel<
  const P extends string = string,
  const M extends ModelProperties = ModelProperties,
> extends Construct {
  declare readonly [types]: { readonly protocol: P; readonly properties: M };
  readonly [model]: { readonly as: 'device-model'; readonly record: DeviceModelRecord };

  constructor(scope: Construct, id: string, props: DeviceModelProps<P, M>) {
    super(scope, id);
    const fleet = Fleet.of(this);
    const properties = Object.entries(props.properties).map(([name, property]) => [name, property[model]] as const);
    this[model] = {
      as: 'device-model',
      record: {
        path: this.node.path,
        id,
        owner: fleet.owner,
        namespace: props.namespace ?? fleet.namespace,
        protocol: props.protocol,
        properties: Object.fromEntries(properties),
      },
    };
  }
}
