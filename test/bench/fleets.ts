import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  ChartWorkload,
  ContainerWorkload,
  Cpu,
  DeviceClass,
  Fleet,
  Hardware,
  Inventory,
  K3sCluster,
  KubeEdgeCluster,
  Placement,
  SiteBlueprint,
  SiteGroup,
  Size,
} from 'edgecdk';
import { z } from 'zod';

/** Five workloads of three objects each: Deployment, Service and ConfigMap. */
const workloads = ['pos', 'prices', 'ledger', 'scan', 'pay'];
const image = 'ghcr.io/acme/app:1.4.2';
const regions = ['north', 'south', 'east', 'west'];

const schema = z.object({ storeId: z.string(), region: z.string(), contact: z.string(), tills: z.number().int() });

/** A site as an inventory has it. */
interface Row {
  readonly name: string;
  readonly storeId: string;
  readonly region: string;
  readonly contact: string;
  readonly tills: number;
}

function rows(sites: number): Row[] {
  return Array.from({ length: sites }, (_, i) => ({
    name: `store-${String(i).padStart(6, '0')}`,
    storeId: String(i).padStart(6, '0'),
    region: regions[i % regions.length] ?? 'north',
    contact: `Saoirse O'Neill ${i}`,
    tills: 1 + (i % 9),
  }));
}

/** The same as EdgeCDK's own container workloads. */
export function containerFleet(sites: number): Fleet {
  const { fleet, store } = emptyFleet(sites);
  for (const id of workloads) {
    new ContainerWorkload(fleet, id, {
      image,
      platforms: ['linux/amd64'],
      resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
      ports: { http: 8080 },
      env: ({ site }) => ({ STORE_ID: site.values.storeId, TILLS: `${site.values.tills}` }),
      files: ({ site }) => ({ '/etc/app/region': site.values.region }),
      placement: Placement.on(store),
    });
  }
  return fleet;
}

/**
 * Vans of one KubeEdge cluster. Each has 20 objects of its own, a Deployment and a ConfigMap of ten workloads whose content has site values; ten more
 * workloads are the same everywhere.
 */
export function vanFleet(sites: number): Fleet {
  const fleet = new Fleet('bench');
  const gateway = new DeviceClass(fleet, 'gateway', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }) });
  const cluster = new KubeEdgeCluster(fleet, 'edge', {
    version: 'v1.23.1',
    kubernetes: '1.32',
    advertiseAddress: ['203.0.113.10'],
  });
  const van = new SiteBlueprint(fleet, 'van', { schema, cluster: cluster.join(gateway.count(1)) });
  new SiteGroup(fleet, 'vans', {
    blueprint: van,
    inventory: Inventory.rows(rows(sites).map((row) => ({ ...row, name: row.name.replace('store', 'van') }))),
  });
  const small = {
    image,
    platforms: ['linux/amd64'] as const,
    resources: { cpu: Cpu.millis(20), memory: Size.mebibytes(32) },
    placement: Placement.on(van),
  };
  for (let i = 1; i <= 10; i++) {
    new ContainerWorkload(fleet, `own-${i}`, {
      ...small,
      env: ({ site }) => ({ STORE_ID: site.values.storeId }),
      files: ({ site }) => ({ '/etc/app/region': site.values.region }),
    });
    new ContainerWorkload(fleet, `same-${i}`, small);
  }
  return fleet;
}

/** The very objects of cdk8s' programs below, rendered by EdgeCDK. */
export function chartFleet(sites: number): Fleet {
  const { fleet, store } = emptyFleet(sites);
  for (const id of workloads) {
    new ChartWorkload(fleet, id, {
      platforms: ['linux/amd64'],
      content: (chart, { site }) => addObjects(chart, id, { name: site.name, ...site.values }),
      placement: Placement.on(store),
    });
  }
  return fleet;
}

/** What a team without EdgeCDK would write first: a chart for each site. cdk8s validates the whole App for each chart. */
export function synthCdk8sApp(sites: number, outdir: string): void {
  const app = new App({ outdir });
  for (const row of rows(sites)) addSite(app, row);
  app.synth();
}

/** And what it would write after a while: an App for each site. */
export function synthCdk8sApps(sites: number, outdir: string): void {
  for (const row of rows(sites)) {
    const app = new App({ outdir });
    addSite(app, row);
    app.synth();
  }
}

function addSite(app: App, row: Row): void {
  const chart = new Chart(app, row.name);
  for (const id of workloads) addObjects(chart, id, row);
}

function emptyFleet(sites: number) {
  const fleet = new Fleet('bench');
  const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }) });
  const store = new SiteBlueprint(fleet, 'store', {
    schema,
    cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1) }),
  });
  new SiteGroup(fleet, 'stores', {
    blueprint: store,
    inventory: Inventory.rows(rows(sites).map((row) => ({ ...row }))),
  });
  return { fleet, store };
}

function addObjects(scope: Construct, id: string, site: Row): void {
  const metadata = { name: id, namespace: 'default', labels: { app: id } };
  new ApiObject(scope, `${id}-config`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { region: site.region, contact: site.contact, site: site.name },
  } as never);
  new ApiObject(scope, `${id}-service`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: { app: id }, ports: [{ name: 'http', port: 8080, targetPort: 8080 }] },
  } as never);
  new ApiObject(scope, `${id}-deployment`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: id } },
      template: {
        metadata: { labels: { app: id } },
        spec: {
          containers: [
            {
              name: id,
              image,
              env: [
                { name: 'STORE_ID', value: site.storeId },
                { name: 'TILLS', value: `${site.tills}` },
              ],
              ports: [{ name: 'http', containerPort: 8080 }],
              envFrom: [{ configMapRef: { name: id } }],
              resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '64Mi' } },
            },
          ],
        },
      },
    },
  } as never);
}
