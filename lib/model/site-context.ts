/** Any Standard Schema (zod, valibot, arktype): `z.object({ storeId: z.string() })`. It must be synchronous. @see https://standardschema.dev */
// biome-ignore lint/suspicious/noExplicitAny: the type of a schema that is not known yet, as in Standard Schema itself
export interface SiteSchema<I = any, O = any> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => unknown;
    readonly types?: { readonly input: I; readonly output: O } | undefined;
  };
}

/** What a row or a `Site` gives to a schema. */
export type SchemaInput<S extends SiteSchema> = NonNullable<S['~standard']['types']>['input'];
/** What a schema makes of it: the site's values. */
export type SchemaOutput<S extends SiteSchema> = NonNullable<S['~standard']['types']>['output'];

/**
 * A site's values inside content. Text is a pattern type, so that `=== 'express'` does not compile; what can be no hole (boolean, optional,
 * list) is not there at all. For a choice use a variant; for a list or a boolean, `site.json` or `.transform()` in the schema.
 */
export type SiteValues<V, Path extends string = ''> = V extends unknown
  ? {
      readonly [K in keyof V as [Hole<V[K], `${Path}${K & string}`>] extends [never] ? never : K]: Hole<
        V[K],
        `${Path}${K & string}`
      >;
    }
  : never;

type Hole<T, Name extends string> = [T] extends [string]
  ? `site.values.${Name}=${string}`
  : [T] extends [number]
    ? number
    : [T] extends [readonly unknown[] | ((...a: never) => unknown)]
      ? never
      : [T] extends [object]
        ? SiteValues<T, `${Name}.`>
        : never;

/** Stands for one site while content is rendered for all of them. */
export interface SiteTokens<V> {
  /** The site's name: a DNS label, unique in the fleet. */
  readonly name: `site.name=${string}`;
  /** Text and number values, as holes that each site fills with its own. */
  readonly values: SiteValues<V>;
  /** Any value, lists and booleans too, as canonical JSON text that fills one whole string. */
  readonly json: { readonly [K in keyof V & string]: `site.json.${K}=${string}` };
}

/** What content is a function of. */
export interface SiteContext<V> {
  readonly site: SiteTokens<V>;
  /** What is the same for the whole cohort: plain values, fit for `if`. */
  readonly cluster: ClusterFacts;
}

/** Distributions of Kubernetes. */
export type DistributionName = 'k3s' | 'microk8s' | 'kubeedge';

/** Facts of a cluster that content may decide on. */
export interface ClusterFacts {
  readonly distribution: DistributionName;
  /** Minor version of Kubernetes, such as `1.33`. */
  readonly kubernetes: `${number}.${number}`;
  /** Whether the cluster has a node of a device class. */
  has(deviceClass: DeviceClassLike): boolean;
}

/** A `DeviceClass`, by shape, so that the engine need not know the construct. */
export interface DeviceClassLike {
  readonly node: { readonly path: string };
  readonly hardware: { readonly name: string };
}

/** A thing, or how to make it from a site. Called several times per cohort: it must be pure. */
export type PerSite<T, V> = T | ((context: SiteContext<V>) => T);

/** Site values as the engine sees them, which knows no user's types. */
export type ModelContext = SiteContext<Record<string, unknown>>;
export type ModelSite = ModelContext['site'];
/** Content, or how to make it from a site: the one kind of member of a model that is no plain data. */
export type PerSiteModel<T> = T | ((context: ModelContext) => T);
