import {
  ContainerWorkload,
  type ContainerWorkloadProps,
  Cpu,
  DeviceClass,
  Fleet,
  Hardware,
  Inventory,
  K3sCluster,
  KubeEdgeCluster,
  Placement,
  Run,
  Site,
  SiteBlueprint,
  SiteGroup,
  Size,
} from 'edgecdk';
import { Rendered } from 'edgecdk/testing';
import { z } from 'zod';

const DEPLOYMENT = 'apps/v1/Deployment';
const assembly = Rendered.from(vansAndShop());

/** Two vans of one cluster and a shop with a cluster of its own. */
function vansAndShop(): Fleet {
  const fleet = new Fleet('delivery');
  const gateway = new DeviceClass(fleet, 'gateway', {
    hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }),
  });
  const schema = z.object({ plate: z.string() });
  const cloud = new KubeEdgeCluster(fleet, 'cloud', {
    version: 'v1.23.1',
    kubernetes: '1.32',
    advertiseAddress: ['203.0.113.10'],
  });
  const van = new SiteBlueprint(fleet, 'van', { schema, cluster: cloud.join(gateway.count(1)) });
  const shop = new SiteBlueprint(fleet, 'shop', {
    schema,
    cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: gateway.count(1) }),
  });
  const rows = [
    { name: 'van-1', plate: 'A 1' },
    { name: 'van-2', plate: 'B 2' },
  ];
  new SiteGroup(fleet, 'vans', { blueprint: van, inventory: Inventory.rows(rows) });
  new Site(fleet, 'shop-1', { blueprint: shop, values: { plate: '-' } });
  const content = {
    image: 'ghcr.io/acme/app:1.0.0',
    platforms: ['linux/arm64'],
    resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
  } as const satisfies Partial<ContainerWorkloadProps<unknown, readonly ['linux/arm64'], 'linux/arm64'>>;
  const everywhere = Placement.on(van, shop);
  new ContainerWorkload(fleet, 'route', { ...content, placement: everywhere });
  new ContainerWorkload(fleet, 'watch', { ...content, run: Run.onEveryNode(), placement: Placement.on(van) });
  new ContainerWorkload(fleet, 'parcels', {
    ...content,
    env: ({ site }) => ({ PLATE: site.values.plate }),
    placement: everywhere.where({ distribution: 'kubeedge' }),
  });
  new ContainerWorkload(fleet, 'till', { ...content, placement: everywhere.where({ distribution: 'k3s' }) });
  return fleet;
}

function namesAt(site: string): string[] {
  return assembly.site(site).objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

test('a site of a shared cluster has its own objects, and those that the cluster has once and that run there', () => {
  expect(namesAt('van-1')).toEqual([
    'Deployment parcels-van-1',
    'EdgeApplication route',
    'Deployment route',
    'DaemonSet watch',
  ]);
  expect(namesAt('van-2')).toContain('Deployment parcels-van-2');
  assembly.site('van-2').hasResource(DEPLOYMENT, {
    spec: { template: { spec: { containers: [{ env: [{ name: 'PLATE', value: 'B 2' }] }] } } },
  });
});

test('its manifests are the files that it alone has', () => {
  expect(Object.keys(assembly.site('van-1').manifests)).toEqual(['parcels']);
});

test('a site with a cluster of its own has none of a shared one', () => {
  expect(namesAt('shop-1')).toEqual(['Deployment route', 'Deployment till']);
});

test('a shared cluster has what is there once, without what each site adds', () => {
  const cloud = assembly.cluster('cloud');
  cloud.hasResource('apps.kubeedge.io/v1alpha1/NodeGroup', {});
  cloud.hasResource('apps.kubeedge.io/v1alpha1/EdgeApplication', { metadata: { name: 'route' } });
  cloud.resourceCountIs(DEPLOYMENT, 0);
  expect(Object.keys(cloud.files)).toContain('charts/cloudcore.values.yaml');
  expect(() => cloud.hasResource('v1/Pod', {})).toThrow(/the cluster has no v1\/Pod/);
});

test('a cluster that sites do not share is not there by its id', () => {
  expect(() => assembly.cluster('shop')).toThrow('no cluster shop that sites share; there are cloud');
});
