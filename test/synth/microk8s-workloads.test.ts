import {
  acknowledge,
  ContainerWorkload,
  type ContainerWorkloadProps,
  Cpu,
  HelmWorkload,
  ManifestWorkload,
  Placement,
  type Platform,
  SecretRef,
  SecretStore,
  Size,
  Storage,
} from 'edgecdk';
import { folderOf } from '../support/change-fleet';
import { type DepotFleet, depotRefused, depotRuns } from '../support/depot-fleet';

type AllProps = ContainerWorkloadProps<unknown, readonly [Platform], Platform>;
type Props = Partial<AllProps>;
const resources = { cpu: Cpu.millis(50), memory: Size.mebibytes(64) };

/** A workload at all depots. */
function withApp(props: Props, more: DepotFleet = {}, acknowledged?: string): DepotFleet {
  return {
    ...more,
    more: ({ fleet, depot }) => {
      const app = new ContainerWorkload(fleet, 'app', {
        image: 'ghcr.io/acme/app:1.0.0',
        platforms: ['linux/amd64', 'linux/arm64'],
        resources,
        placement: Placement.on(depot),
        ...props,
      } as AllProps);
      if (acknowledged !== undefined) acknowledge(app, 'edgecdk-disabled-component', acknowledged);
    },
  };
}

function warnings(described: DepotFleet): string[] {
  return depotRuns(described)
    .result.warnings.filter(({ path }) => path === 'depots/app')
    .map(({ message }) => message);
}

const withIngress: Props = { ports: { http: 8080 }, ingress: { host: 'app.example', port: 'http' } };
const withVolume: Props = { mounts: { '/data': Storage.claim(Size.gibibytes(1)) } };

test.each<[string, Props, string, object]>([
  ['an ingress', withIngress, 'ingress', {}],
  ['a volume', withVolume, 'hostpath-storage', {}],
])('%s without its addon is warned of, with what to do', (_what, props, addon) => {
  const [only, ...others] = warnings(withApp(props));
  expect(only).toMatch(new RegExp(`its cluster does not enable the addon ${addon}; enable it, or acknowledge`));
  expect(others).toEqual([]);
  expect(warnings(withApp(props, { cluster: { addons: { rbac: true, [addon]: true } } }))).toEqual([]);
  expect(warnings(withApp(props, {}, 'another one serves it'))).toEqual([]);
});

test('a chart for the controller of K3s is warned of', () => {
  const chart: DepotFleet = {
    more: ({ fleet, depot }) =>
      new HelmWorkload(fleet, 'app', {
        chart: 'app',
        repo: 'https://charts.example',
        version: '1.0.0',
        placement: Placement.on(depot),
      }),
  };
  expect(warnings(chart)).toEqual([expect.stringContaining('needs the Helm controller of K3s, and MicroK8s has none')]);
});

test('an object of an addon is refused', () => {
  const pool: DepotFleet = {
    files: {
      'pool.yaml': [
        'apiVersion: metallb.io/v1beta1',
        'kind: IPAddressPool',
        'metadata: { name: default-addresspool, namespace: metallb-system }',
        'spec: { addresses: [10.2.1.200-10.2.1.210] }\n',
      ].join('\n'),
    },
    cluster: { addons: { rbac: true, metallb: { addresses: ['10.2.1.200-10.2.1.210'] } } },
    more: ({ fleet, depot }) =>
      new ManifestWorkload(fleet, 'pool', {
        files: ['pool.yaml'],
        placement: Placement.on(depot),
      }),
  };
  expect(depotRefused(pool)).toMatch(
    /^\[depots\/pool\] makes IPAddressPool metallb-system\/default-addresspool, which the addon metallb makes itself; give yours another name, or leave the addon metallb out/m,
  );
});

describe('a cluster that was there already', () => {
  const existing: DepotFleet = { existing: true, nodes: [] };

  test('gets its workloads and nothing for machines, which need no lock and no addresses', () => {
    const { files } = depotRuns(withApp({}, { ...existing, cluster: { channel: '1.35/stable' } }));
    expect(Object.keys(files).filter((path) => !path.endsWith('index.ndjson'))).toEqual([
      'assembly.json',
      'images/rpi-5-8gb+x86-8c-32gb.linux-amd64.txt',
      'images/rpi-5-8gb+x86-8c-32gb.linux-arm64.txt',
      `${folderOf('depot-2')}/manifests/app.yaml`,
      `${folderOf('depot-1')}/manifests/app.yaml`,
    ]);
  });

  test('has the addons that the program says it has', () => {
    expect(warnings(withApp(withVolume, existing))).toHaveLength(1);
    expect(warnings(withApp(withVolume, { ...existing, cluster: { addons: { 'hostpath-storage': true } } }))).toEqual(
      [],
    );
  });
});

test('machines that others set up need no addresses either', () => {
  const none = { operatingSystem: undefined };
  const { files } = depotRuns(withApp({}, { nodes: [], rack: none, gate: none }));
  expect(Object.keys(files).filter((path) => path.includes('nodes'))).toEqual([]);
});

test('secrets of workloads that lie on nodes are made by the servers, with the kubectl of the snap', () => {
  const { files } = depotRuns(
    withApp({ env: { PASSWORD: SecretRef.of('db', 'password') } }, { fleet: { secrets: SecretStore.nodeFiles() } }),
  );
  const path = 'files/etc/edgecdk/scripts/workload-secrets.sh';
  expect(files[`nodes/depot.server.rack/${path}`]).toContain('$root/snap/microk8s/current/kubectl');
  expect(files).not.toHaveProperty([`nodes/depot.agent.gate/${path}`]);
  expect(files['nodes/depot.server.rack/files/etc/edgecdk/workload-secrets.tsv']).toContain('\tapp-db\tapp\t');
});

test('a workload that is gone stays in its clusters, and the command that deletes it is said once', () => {
  const more: DepotFleet['more'] = ({ fleet, depot }) => {
    const port = { image: 'ghcr.io/acme/app:1.0.0', ports: { http: 80 }, placement: Placement.on(depot) };
    new ContainerWorkload(fleet, 'app', { ...port, resources: { cpu: Cpu.millis(10), memory: Size.mebibytes(16) } });
  };
  const gone = (...runs: readonly DepotFleet[]) =>
    depotRuns(...runs).result.warnings.filter(({ message }) => message.includes('kubectl delete'));
  expect(gone({ more }, {})).toMatchObject([
    {
      path: 'depots/depot',
      sites: ['depot-1', 'depot-2'],
      message: expect.stringMatching(
        /no longer have depots\/app, .* `sudo microk8s kubectl delete deployment\.v1\.apps,.*service.* --all-namespaces --selector edgecdk\.dev\/workload=app`/,
      ),
    },
  ]);
  expect(gone({ more }, { more })).toEqual([]);
});
