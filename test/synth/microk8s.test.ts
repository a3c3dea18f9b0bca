import { acknowledge, Link } from 'edgecdk';
import { parseAllDocuments } from 'yaml';
import { folderOf } from '../support/change-fleet';
import { type DepotFleet, depotRuns, machines, OFFLINE_CHANNEL } from '../support/depot-fleet';

const SERVER = 'nodes/depot.server.rack';
const WORKER = 'nodes/depot.agent.gate';
const LAUNCH = 'files/etc/edgecdk/microk8s/launch.yaml';

type Files = Readonly<Record<string, string>>;

function settingsOf(files: Files, tree: string): Record<string, string> {
  const lines = (files[`${tree}/settings`] ?? '').trim().split('\n');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function identityOf(files: Files, node: string): (path: string) => string {
  const site = node.slice(0, 'depot-1'.length);
  return (path) => files[`${folderOf(site)}/nodes/${node}/identity/files/etc/edgecdk/${path}`] ?? '';
}

/** Documents of a file, by kind and name. */
function objectsOf(files: Files, path: string): ReadonlyMap<string, Made> {
  const made = parseAllDocuments(files[path] ?? '').map((document) => document.toJS() as Made);
  return new Map(made.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

interface Made {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template: { readonly spec: Pods } };
}
interface Pods {
  readonly nodeSelector: unknown;
  readonly affinity?: unknown;
  readonly initContainers: readonly { readonly image: string }[];
  readonly containers: readonly { readonly image: string; readonly command?: readonly string[] }[];
}

describe('depots with three servers and two workers', () => {
  const { files, result } = depotRuns({});

  test('have a tree per role and device class, and an identity per machine', () => {
    expect(Object.keys(files).filter((path) => path.endsWith('/settings'))).toEqual([
      `${WORKER}/settings`,
      `${SERVER}/settings`,
    ]);
    const nodes = Object.keys(files).flatMap((path) => /\/nodes\/([^/]+)\/identity\/manifest$/.exec(path)?.[1] ?? []);
    expect(nodes.sort()).toEqual(
      [1, 2].flatMap((site) =>
        ['gate-1', 'gate-2', 'rack-1', 'rack-2', 'rack-3'].map((slot) => `depot-${site}-${slot}`),
      ),
    );
  });

  test('come from the store, three with a control plane', () => {
    expect(settingsOf(files, SERVER)).toMatchObject({
      ROLE: 'server',
      INSTALL: 'online',
      CHANNEL: '1.33/stable',
      CONFINEMENT: 'classic',
      SERVERS: '3',
      ALONE: 'no',
      SECRETS: 'microk8s-token',
      TOKEN: 'microk8s-token',
    });
    expect(settingsOf(files, WORKER)).toMatchObject({ ROLE: 'agent', SECRETS: 'microk8s-token' });
    expect(files[`${SERVER}/files/etc/edgecdk/microk8s/addons`]).toBe('rbac\ndns\n');
    expect(files).not.toHaveProperty([`${WORKER}/files/etc/edgecdk/microk8s/addons`]);
  });

  test('know each other by the addresses of the node inventory', () => {
    const rack = identityOf(files, 'depot-1-rack-2');
    expect(rack('identity.env')).toMatch(/^NODE_IP=10\.2\.1\.12$/m);
    expect(rack('identity.env')).toMatch(/^RANK=1$/m);
    expect(rack('identity.env')).toMatch(/^PEERS=https:\/\/10\.2\.1\.11:25000 https:\/\/10\.2\.1\.13:25000$/m);
    expect(identityOf(files, 'depot-1-gate-1')('identity.env')).toMatch(
      /^PEERS=(https:\/\/10\.2\.1\.1[123]:25000 ?){3}$/m,
    );
    expect(rack('microk8s/hosts')).toBe(
      machines(1)
        .map(({ slot, address }) => `${address} depot-1-${slot}\n`)
        .join(''),
    );
    expect(identityOf(files, 'depot-2-gate-1')('microk8s/hosts')).not.toContain('10.2.1.');
  });

  test('give a worker its labels from a server, for a join replaces what it says itself', () => {
    expect(identityOf(files, 'depot-1-rack-1')('microk8s/nodes')).toContain(
      'depot-1-gate-2 agent edgecdk.dev/device-class=gate\n',
    );
  });

  test('are brought changed trees by their cluster, which tells servers by the label that MicroK8s gives them', () => {
    const objects = objectsOf(files, `${folderOf('depot-1')}/manifests/edgecdk-nodes.yaml`);
    const [server, worker] = ['server-rack', 'agent-gate'].map(
      (name) => objects.get(`DaemonSet edgecdk-${name}`)?.spec.template.spec,
    );
    expect(server?.nodeSelector).toEqual({
      'edgecdk.dev/device-class': 'rack',
      'node.kubernetes.io/microk8s-controlplane': 'microk8s-controlplane',
    });
    expect(worker?.nodeSelector).toEqual({ 'edgecdk.dev/device-class': 'gate' });
    expect(JSON.stringify(worker?.affinity)).toContain(
      '{"key":"node.kubernetes.io/microk8s-controlplane","operator":"DoesNotExist"}',
    );
    expect(server?.initContainers[0]?.image).toBe(server?.containers[0]?.image);
    expect(server?.containers[0]?.command).toEqual(['/bin/sleep', '2147483647']);
  });

  test('have nothing wrong with them but that nobody can log in', () => {
    expect(result.warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^has machines on which nobody can log in/),
    ]);
  });

  test('have no token and no join in any file', () => {
    const launch = Object.entries(files).filter(([path]) => /launch[^/]*\.yaml$/.test(path));
    expect(launch.length).toBeGreaterThan(2);
    for (const [, text] of launch) expect(text).not.toMatch(/join|persistentClusterToken/);
  });
});

describe('depots of a single machine', () => {
  const single: DepotFleet = { servers: 1, gates: 0 };

  test('need neither a token nor an address', () => {
    const { files } = depotRuns({ ...single, nodes: [] });
    expect(settingsOf(files, SERVER)).toMatchObject({ SERVERS: '1', ALONE: 'yes' });
    expect(settingsOf(files, SERVER)).not.toHaveProperty('TOKEN');
    expect(files[`${SERVER}/settings`]).not.toContain('microk8s-token');
    expect(identityOf(files, 'depot-1-rack-1')('microk8s/hosts')).toBe('');
  });

  test('may have the strict snap', () => {
    const { files } = depotRuns({ ...single, cluster: { channel: '1.33-strict/stable' } });
    expect(settingsOf(files, SERVER)).toMatchObject({ CHANNEL: '1.33-strict/stable', CONFINEMENT: 'strict' });
    expect(files[`${SERVER}/files/etc/edgecdk/microk8s/fixed.yaml`]).toContain('confinement: "strict"');
  });

  test('have names, time servers and a quiet hour of their own', () => {
    const { files } = depotRuns({
      ...single,
      cluster: ({ site }) => ({
        tlsSans: [`${site.name}.depots.example`, `${site.values.net}.9`],
        ntpServers: [`${site.values.net}.1`],
        quietHour: '03:15',
      }),
    });
    const own = identityOf(files, 'depot-2-rack-1');
    expect(own('microk8s/launch-node.yaml')).toContain('depot-2.depots.example');
    expect(own('microk8s/launch-node.yaml')).toContain('10.2.2.9');
    const folder = `${folderOf('depot-2')}/nodes/depot-2-rack-1/identity/files/etc/systemd`;
    expect(files[`${folder}/timesyncd.conf.d/50-edgecdk.conf`]).toContain('10.2.2.1');
    expect(files[`${folder}/system/edgecdk-quiet-hour.timer.d/50-site.conf`]).toContain('03:15');
    expect(files[`${SERVER}/${LAUNCH}`]).not.toContain('depots.example');
  });
});

test('depots without a link get snaps, images and a default route from their medium', () => {
  const { files, result } = depotRuns({
    servers: 1,
    gates: 1,
    cluster: { channel: OFFLINE_CHANNEL },
    blueprint: { link: Link.offline() },
  });
  expect(settingsOf(files, SERVER)).toMatchObject({
    INSTALL: 'preloaded',
    MEDIUM_LABEL: 'EDGECDK',
    CONFINEMENT: 'strict',
    SNAPS_AMD64: expect.stringMatching(/^snapd_10:\S+ core22_20:\S+ microk8s_30:\S+$/),
    IMAGES_AMD64: expect.stringMatching(/^microk8s-images\.tar:/),
  });
  expect(settingsOf(files, WORKER)).toMatchObject({ SNAPS_ARM64: expect.stringContaining('microk8s_30:') });
  expect(files).toHaveProperty([`${SERVER}/files/etc/systemd/system/edgecdk-route.service`]);
  expect(result.warnings.map(({ message }) => message).join('\n')).toMatch(
    /these images are not in the archive of MicroK8s: docker\.io\/library\/busybox:1\.37\.0; put archives of them/,
  );
});

describe('a change of machines that run', () => {
  const changes = (first: DepotFleet, then: DepotFleet) => {
    const { result, files } = depotRuns(first, then);
    return { ...result, files, changed: result.nodeChanges.map(({ path, effect }) => `${path} ${effect}`) };
  };

  test('of an argument is a launcher file for its agent, and restarts nothing of ours', () => {
    const { changed, identityChanges, files } = changes(
      {},
      { cluster: { launch: { kubelet: { '--max-pods': '60' } } } },
    );
    expect(changed).toEqual(['/etc/edgecdk/microk8s/launch.undo live', '/etc/edgecdk/microk8s/launch.yaml live']);
    expect(identityChanges).toBe(0);
    expect(files[`${WORKER}/${LAUNCH}`]).toContain('"--max-pods": "60"');
  });

  test('of its addons is one for the servers alone', () => {
    const { changed } = changes({}, { cluster: { addons: { rbac: true, 'metrics-server': true } } });
    expect(changed).toEqual(['/etc/edgecdk/microk8s/addons live']);
  });

  test('to the next minor goes to the machines with their tree, and says what comes', () => {
    const { files, warnings } = changes({}, { cluster: { channel: '1.34/stable' } });
    expect(settingsOf(files, SERVER)).toMatchObject({ CHANNEL: '1.34/stable' });
    expect(warnings.filter(({ message }) => message.includes('1.34'))).toEqual([
      expect.objectContaining({
        path: 'depots/depot',
        message: expect.stringMatching(
          /^moves machines from MicroK8s 1\.33\/stable to 1\.34\/stable.*one server at a time/,
        ),
      }),
    ]);
  });

  test('is none where nothing is changed', () => {
    expect(depotRuns({}, {}).result).toMatchObject({ written: 0, removed: 0, nodeChanges: [], identityChanges: 0 });
  });
});

test('that a cluster is open to its pods is told once, and may be acknowledged', () => {
  const open: DepotFleet = { cluster: { addons: {} } };
  const told = (described: DepotFleet) =>
    depotRuns(described).result.warnings.filter(({ message }) => message.includes('without the addon rbac'));
  expect(told(open)).toMatchObject([{ path: 'depots/depot', rule: 'edgecdk-microk8s-rbac' }]);
  const more: DepotFleet['more'] = ({ depot }) => acknowledge(depot, 'edgecdk-microk8s-rbac', 'pods have no tokens');
  expect(told({ ...open, more })).toEqual([]);
});

test('a mirror at an address of the site is in the launch configuration of its machines alone', () => {
  const cluster: DepotFleet['cluster'] = ({ site }) => ({
    registries: { 'docker.io': { endpoints: [`http://${site.values.net}.5:5000`] } },
  });
  const { files } = depotRuns({ cluster });
  const launch = (path: string) =>
    Object.entries(files)
      .filter(([file]) => file.endsWith(path))
      .map(([file, text]) => [file.split('/nodes/')[1], text]);
  const own = launch('/identity/files/etc/edgecdk/microk8s/launch-node.yaml');
  expect(own.length).toBeGreaterThan(2);
  for (const [name = '', text] of own)
    expect(text).toContain(name.startsWith('depot-1') ? 'http://10.2.1.5:5000' : 'http://10.2.2.5:5000');
  for (const [, text] of launch('files/etc/edgecdk/microk8s/launch.yaml')) expect(text).not.toContain('docker.io');
});
