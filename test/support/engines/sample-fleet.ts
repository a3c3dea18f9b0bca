import {
  Accelerator,
  ContainerWorkload,
  Cpu,
  type Delivery,
  DeviceClass,
  Encode,
  Fleet,
  Hardware,
  HelmWorkload,
  Inventory,
  K3sCluster,
  MicroK8sCluster,
  Override,
  Placement,
  Run,
  SiteBlueprint,
  type SiteContext,
  SiteGroup,
  Size,
  Storage,
  Wave,
} from 'edgecdk';
import { z } from 'zod';

const schema = z.object({
  storeId: z.string(),
  contact: z.string(),
  tills: z.number().int(),
  port: z.number().int(),
  format: z.enum(['express', 'super']),
  /** How many machines with a GPU a store has beside its server. */
  gpus: z.number().int(),
  kiosk: z.boolean(),
  archive: z.boolean(),
  metrics: z.boolean(),
  wave: z.enum(['pilot', 'all']),
});
type Values = z.output<typeof schema>;
type Context = SiteContext<Values>;
export type StoreRow = Values & {
  readonly name: string;
  /** Stores of one release have a blueprint in common. */
  readonly release: keyof typeof releases;
};

const releases = { store: 'v1.33.5+k3s1', newer: 'v1.34.1+k3s1' } as const;

export function storeRow(name: string, values: Partial<StoreRow> = {}): StoreRow {
  return {
    ...{
      name,
      storeId: '0042',
      contact: 'Ana',
      tills: 2,
      port: 30080,
      format: 'express',
      gpus: 0,
      release: 'store',
    },
    ...{ kiosk: false, archive: false, metrics: true, wave: 'all', ...values },
  } as StoreRow;
}

export interface SampleFleet {
  readonly delivery: Delivery;
  /** On K3s. */
  readonly stores: readonly StoreRow[];
  /** On MicroK8s, where the local delivery has no charts of others. @default - none */
  readonly halls?: readonly StoreRow[];
  /** How halls get what they run. @default - as stores do */
  readonly hallDelivery?: Delivery;
  /** A pilot, then all, as sites say; needs two sites in each, or the second would wait for nothing. @default false */
  readonly hasWaves?: boolean;
  /** Text that the program itself writes. */
  readonly literal?: string;
  /** Whether a lost sign makes all stores of format `super` have another id. @default false */
  readonly isOverridden?: boolean;
  /** Of the point of sale. @default '1.0.0' */
  readonly image?: string;
  /** Whether the point of sale takes a value in one more way. @default false */
  readonly asksMore?: boolean;
  /** Releases of K3s by blueprint. @default - two */
  readonly releases?: Readonly<Record<keyof typeof releases, string>>;
  /** Workloads that the program has no longer. @default - none */
  readonly without?: readonly string[];
}

const platforms: readonly ['linux/arm64', 'linux/amd64'] = ['linux/arm64', 'linux/amd64'];
const resources = { cpu: Cpu.millis(50), memory: Size.mebibytes(64) };

/** A fleet with one workload for each way in which sites differ. */
export function sampleFleet({ delivery, stores, halls = [], literal = '', ...more }: SampleFleet): Fleet {
  const all = [...stores, ...halls];
  const inWave = (name: string) => all.filter(({ wave }) => wave === name).length;
  const hasWaves = more.hasWaves && inWave('pilot') > 1 && inWave('all') > 1;
  const fleet = new Fleet('sample', { delivery });
  if (hasWaves) {
    Wave.where(fleet, 'pilot', { values: { wave: 'pilot' } });
    Wave.rest(fleet, 'all');
  }
  const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }) });
  const jetson = new DeviceClass(fleet, 'jetson', {
    hardware: Hardware.jetsonOrinNano({ memory: Size.gibibytes(8) }),
  });
  const [store, newer] = (['store', 'newer'] as const).map((id) => {
    const blueprint = new SiteBlueprint(fleet, id, {
      schema,
      cluster: ({ site }) =>
        new K3sCluster({
          version: (more.releases ?? releases)[id],
          servers: box.count(1),
          agents: jetson.count(site.values.gpus),
          packagedValues: { traefik: { ports: { web: { nodePort: site.values.port } } } },
        } as never),
      nodeAddress: ({ site, node }) => `${node.name}.${site.name}.example`,
    });
    const own = stores.filter(({ release }) => release === id).map(({ release: _, ...row }) => row);
    if (own.length > 0) new SiteGroup(fleet, `${id}s`, { blueprint, inventory: Inventory.rows(own) });
    return blueprint;
  });
  if (!store || !newer) throw new Error('there are two blueprints');
  const hall = new SiteBlueprint(fleet, 'hall', {
    schema,
    ...(more.hallDelivery && { delivery: more.hallDelivery }),
    cluster: new MicroK8sCluster({
      channel: '1.33/stable',
      controlPlane: box.count(1),
      addons: { 'hostpath-storage': true },
    }),
    nodeAddress: ({ site }) => `10.1.${site.values.tills}.1`,
  });
  if (halls.length > 0)
    new SiteGroup(fleet, 'halls', {
      blueprint: hall,
      inventory: Inventory.rows(halls.map(({ release: _, ...row }) => row)),
    });
  const placement = Placement.on(store, newer);
  const everywhere = halls.length > 0 ? Placement.on(store, newer, hall) : placement;
  // A workload that no site wants is an error.
  const has = (id: string) =>
    !more.without?.includes(id) && stores.some((row) => (row as unknown as Record<string, unknown>)[id] !== false);
  const container = (id: string, props: object) =>
    has(id)
      ? new ContainerWorkload(fleet, id, {
          ...{ image: `ghcr.io/acme/${id}:1.0.0`, platforms, resources, placement: everywhere, ...props },
        } as never)
      : undefined;

  const pos = container('pos', {
    owner: 'Payments_Team',
    image: `ghcr.io/acme/pos:${more.image ?? '1.0.0'}`,
    namespace: 'shop',
    env: ({ site }: Context) => ({
      STORE: site.values.storeId,
      CONTACT: site.values.contact,
      MIXED: ` to ${site.values.contact} and ${site.values.storeId} `,
      LANES: `${site.values.tills}`,
      LITERAL: literal,
    }),
    files: ({ site }: Context) => ({
      '/etc/contact': `{"contact": ${Encode.json(site.values.contact)}}\n${literal}\n`,
      ...(more.asksMore && { '/etc/more': `https://acme.example/?${Encode.url(site.values.contact)}\n` }),
      '/etc/static': `a\n  b\n${literal}`,
    }),
    variants: {
      big: { when: { values: { format: 'super' } }, resources: { ...resources, memory: Size.mebibytes(65) } },
    },
  });
  container('vision', {
    variants: {
      gpu: {
        when: { has: jetson },
        image: 'ghcr.io/acme/vision:1.0.0-l4t',
        platforms: ['linux/arm64'],
        resources: { ...resources, accelerator: Accelerator.nvidia() },
      },
    },
  });
  container('ledger', { run: Run.stateful(1), mounts: { '/data': Storage.claim(Size.gibibytes(1)) } });
  container('kiosk', {
    namespace: 'kiosk',
    env: ({ site }: Context) => ({ TILLS: `${site.values.tills}`, STORE: site.values.storeId }),
    ports: { http: 8080 },
    placement: placement.where({ values: { kiosk: true } }),
  });
  container('archive', {
    namespace: 'archive',
    mounts: { '/data': Storage.claim(Size.gibibytes(1)) },
    placement: placement.where({ values: { archive: true } }),
  });
  if (has('metrics'))
    new HelmWorkload(fleet, 'metrics', {
      ...{ namespace: 'observability', chart: 'vector', repo: 'https://helm.vector.dev', version: '0.37.0' },
      values: ({ site }: Context) => ({
        role: 'Agent',
        store: site.values.storeId,
        nested: { tills: site.values.tills, to: [`${site.values.contact}!`, literal] },
      }),
      placement: placement.where({ values: { metrics: true } }),
    } as never);
  if (more.isOverridden && pos && stores.some(({ format }) => format === 'super'))
    new Override(fleet, 'lost-sign', {
      workload: pos as never,
      sites: placement.where({ values: { format: 'super' } }) as never,
      values: { storeId: 'lost' },
      ...{ owner: 'ops', reason: 'the sign fell off', until: '2026-12-31' },
    });
  return fleet;
}
