import {
  ContainerWorkload,
  type ContainerWorkloadProps,
  Cpu,
  DeviceClass,
  Fleet,
  Hardware,
  Health,
  HelmWorkload,
  Inventory,
  K3sCluster,
  KubeEdgeCluster,
  MicroK8sCluster,
  Placement,
  Run,
  SecretRef,
  SecretStore,
  SiteBlueprint,
  SiteGroup,
  Size,
  Storage,
} from 'edgecdk';
import { z } from 'zod';

const schema = z.object({ motto: z.string() });
type Props = ContainerWorkloadProps<z.output<typeof schema>, ['linux/amd64'], 'linux/amd64'>;

/** Two stores on K3s, two depots on MicroK8s and two vans on KubeEdge, all of the same hardware and with the same values. */
function threeDistributions(only?: 'store' | 'depot' | 'van') {
  const fleet = new Fleet('grocer', { secrets: SecretStore.externalSecrets({ store: 'vault' }) });
  const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }) });
  const cloud = new KubeEdgeCluster(fleet, 'cloud', {
    version: 'v1.23.1',
    kubernetes: '1.32',
    advertiseAddress: ['203.0.113.10'],
  });
  const store = new SiteBlueprint(fleet, 'store', {
    schema,
    cluster: new K3sCluster({ version: 'v1.32.9+k3s1', servers: box.count(1) }),
  });
  const depot = new SiteBlueprint(fleet, 'depot', {
    schema,
    cluster: new MicroK8sCluster({ channel: '1.32/stable', controlPlane: box.count(1) }),
  });
  const van = new SiteBlueprint(fleet, 'van', { schema, cluster: cloud.join(box.count(1)) });
  for (const blueprint of [store, depot, van])
    new SiteGroup(fleet, `${blueprint.node.id}s`, {
      blueprint,
      inventory: Inventory.rows([1, 2].map((n) => ({ name: `${blueprint.node.id}-${n}`, motto: 'cheap' }))),
    });
  const [of] = [store, depot, van].filter(({ node }) => node.id === only);
  const placement = of ? Placement.on(of) : Placement.on(store, depot, van);
  const add = (id: string, props: Partial<Props> = {}) =>
    new ContainerWorkload(fleet, id, {
      image: `ghcr.io/acme/${id}:1.0.0`,
      platforms: ['linux/amd64'],
      resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64), disk: Size.mebibytes(100) },
      placement,
      ...props,
    } as never);
  return { fleet, add, placement };
}

/** Workloads that go to all three: one with all that a site may have for itself, and two that are the same everywhere. */
export function sameWorkloads(): Fleet {
  const { fleet, add } = threeDistributions();
  add('pos', {
    command: ['/pos'],
    args: ['--fast'],
    env: ({ site }) => ({ SITE: site.name, MOTTO: site.values.motto, PASSWORD: SecretRef.of('login', 'password') }),
    files: ({ site }) => ({
      '/etc/pos/motto': `${site.values.motto}\n`,
      '/etc/pos/token': SecretRef.of('login', 'token'),
    }),
    ports: { web: 8080 },
    mounts: {
      '/data': Storage.claim(Size.gibibytes(1)),
      '/cache': Storage.scratch(Size.mebibytes(10)),
      '/host': Storage.hostPath('/var/lib/pos'),
    },
    devices: ['/dev/ttyUSB0'],
    health: Health.http('/', 'web'),
  });
  add('screen', { env: { COLOR: 'red' }, files: { '/etc/screen': 'text\n' } });
  add('probe', { run: Run.onEveryNode(), env: { COLOR: 'red' } });
  return fleet;
}

/** What an object needs of its cluster, by a workload that needs nothing else. */
export const NEEDS = {
  claim: 'a volume claim',
  ingress: 'an ingress controller',
  port: 'a Service for its ports',
  chart: 'the Helm controller',
} as const;

/** On one of them alone, since of a workload that is wrong nothing else is said. */
export function needyWorkloads(only: 'store' | 'depot' | 'van'): Fleet {
  const { fleet, add, placement } = threeDistributions(only);
  add('claim', { mounts: { '/data': Storage.claim(Size.gibibytes(1)) } });
  add('ingress', { ports: { web: 8080 }, ingress: ({ site }) => ({ host: `${site.name}.example`, port: 'web' }) });
  add('port', { ports: { web: 8080 } });
  new HelmWorkload(fleet, 'chart', {
    chart: 'podinfo',
    repo: 'https://charts.example',
    version: '6.7.1',
    placement,
  } as never);
  return fleet;
}
