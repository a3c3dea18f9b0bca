import { kubeEdgeIdentity } from '../../lib/distributions/kubeedge/node/identity';
import { kubeEdgeTree } from '../../lib/distributions/kubeedge/node/tree';
import { microk8sIdentity } from '../../lib/distributions/microk8s/node/identity';
import { microk8sTree } from '../../lib/distributions/microk8s/node/tree';
import { microk8sWorkloadSecrets } from '../../lib/distributions/microk8s/node/workload-secrets';
import type { KubeEdgeNodeInput } from '../../lib/model/kubeedge-node-input';
import type { MicroK8sNodeInput } from '../../lib/model/microk8s-node-input';
import type { NodeSiteInput } from '../../lib/model/node-site-input';
import type { NodeFile } from '../../lib/model/node-tree';
import { VAN } from '../lib/distributions/kubeedge/node/sample-input';
import { ALONE, DEPOT, OFFLINE } from '../lib/distributions/microk8s/node/sample-microk8s';
import { node, SITE, UBUNTU } from '../lib/render/node/sample-input';
import { readDoc, tablesWith } from './markdown';

type Role = 'server' | 'agent';
interface Input {
  readonly operatingSystem: typeof UBUNTU;
}

/** What makes files of a distribution's machines, by its name in the tables. */
interface Kind<I extends Input> {
  readonly roles: readonly Role[];
  readonly base: I;
  readonly options: Readonly<Record<string, { readonly input: I; readonly site?: NodeSiteInput }>>;
  readonly tree: (input: I, role: Role) => readonly NodeFile[];
  readonly identity: (input: I, role: Role, site: NodeSiteInput) => readonly NodeFile[];
  /** What the Secrets of workloads are made with on servers. @default - nothing */
  readonly workloadSecrets?: readonly NodeFile[];
}

const plain = { ...UBUNTU, firewall: 'none', timeSync: 'systemd-timesyncd' } as const;
const site: NodeSiteInput = { ...SITE, ntpServers: undefined };
const withNtp: NodeSiteInput = { ...site, ntpServers: ['ntp.example'] };
const secretsFrom = { kind: 'command', argv: ['/usr/local/bin/fetch-secret'], seconds: 60 } as const;
const mirror = [{ registry: 'docker.io', endpoints: ['https://mirror.example'] }];
const servers = [node(0)];
const worker = node(undefined);

const depot: MicroK8sNodeInput = {
  ...ALONE,
  operatingSystem: plain,
  deviceClass: { ...ALONE.deviceClass, storage: 'ssd' },
};
const chrony = { ...plain, timeSync: 'chrony' } as const;

const MICROK8S: Kind<MicroK8sNodeInput> = {
  roles: ['server', 'agent'],
  base: depot,
  options: {
    '`operatingSystem` with ufw': { input: { ...depot, operatingSystem: { ...plain, firewall: 'ufw' } } },
    '`storage` sd, emmc': { input: { ...depot, deviceClass: { ...depot.deviceClass, storage: 'sd' } } },
    'a site without a link': { input: { ...depot, link: OFFLINE.link, install: OFFLINE.install } },
    '`secrets`': { input: { ...depot, secretsFrom } },
    '`ntpServers`': { input: depot, site: withNtp },
    '`ntpServers` with chrony': { input: { ...depot, operatingSystem: chrony }, site: withNtp },
  },
  tree: (input, role) => microk8sTree(input, role).files,
  identity: (input, role, at) =>
    microk8sIdentity(role === 'server' ? node(0) : worker, [...servers, worker], [], at, input).files,
  workloadSecrets: microk8sWorkloadSecrets({ folder: '/etc/edgecdk/secrets', secrets: [] }),
};

const van: KubeEdgeNodeInput = {
  ...VAN,
  operatingSystem: plain,
  deviceClass: { ...VAN.deviceClass, storage: 'ssd' },
};

const siteMirror: NodeSiteInput = { ...site, registries: mirror };
const siteVan: KubeEdgeNodeInput = {
  ...van,
  cluster: { ...van.cluster, registries: [{ registry: 'docker.io', endpoints: [], perSite: true }] },
};

const KUBEEDGE: Kind<KubeEdgeNodeInput> = {
  roles: ['agent'],
  base: { ...van, runtime: 'containerd' },
  options: {
    '`registries`': { input: { ...van, cluster: { ...van.cluster, registries: mirror } } },
    '`registries` with a site value': { input: siteVan, site: siteMirror },
    '`runtime` cri-o': { input: { ...van, runtime: 'cri-o' } },
    '`registries` with a site value, and cri-o': { input: { ...siteVan, runtime: 'cri-o' }, site: siteMirror },
    '`runtime` docker': { input: { ...van, runtime: 'docker' } },
    '`storage` sd, emmc': { input: { ...van, deviceClass: { ...van.deviceClass, storage: 'sd' } } },
    '`secrets`': { input: { ...van, secretsFrom } },
    '`ntpServers`': { input: van, site: withNtp },
    '`ntpServers` with chrony': { input: { ...van, operatingSystem: chrony }, site: withNtp },
  },
  tree: (input) => kubeEdgeTree(input).files,
  identity: (input, _role, at) => kubeEdgeIdentity(worker, at, input).files,
};

type Part = 'tree' | 'identity';

/** Rows of the table of a part: path, what a change asks for in each role, what makes it. */
function rowsOf<I extends Input>(kind: Kind<I>, part: Part): string[] {
  const filesOf = (input: I, at: NodeSiteInput = site) =>
    kind.roles.flatMap((role) => {
      const files = part === 'tree' ? kind.tree(input, role) : kind.identity(input, role, at);
      return files.map(({ path, effect }) => ({ role, path, effect }));
    });
  const base = filesOf(kind.base);
  const always = new Set(base.map(({ path }) => path));
  const options = Object.entries(kind.options).map(([by, { input, site: at }]) => [by, filesOf(input, at)] as const);
  const secrets =
    part === 'tree' && kind.workloadSecrets
      ? ([
          ['`SecretStore.nodeFiles`', kind.workloadSecrets.map((file) => ({ ...file, role: 'server' as const }))],
        ] as const)
      : [];
  const rows = new Map<string, { effects: Partial<Record<Role, string>>; by: Set<string> }>();
  for (const [by, files] of [['always', base] as const, ...options, ...secrets])
    for (const { role, path, effect } of files) {
      if (by !== 'always' && always.has(path)) continue;
      const row = rows.get(path) ?? { effects: {}, by: new Set<string>() };
      row.effects[role] = effect;
      row.by.add(by);
      rows.set(path, row);
    }
  return [...rows]
    .map(([path, { effects, by }]) =>
      [`\`${path}\``, ...kind.roles.map((role) => effects[role] ?? '-'), [...by].join(' or ')].join(' | '),
    )
    .sort();
}

const HEADS = {
  MicroK8s: ['path', 'server', 'worker', 'made by', 'for'],
  KubeEdge: ['path', 'change', 'made by', 'for'],
} as const;

function tablesOf(name: keyof typeof HEADS): string[][] {
  const head = HEADS[name];
  return tablesWith(head, readDoc('nodes.md')).map((table) =>
    table.map((cells) => cells.slice(0, head.length - 1).join(' | ')),
  );
}

test.each<[keyof typeof HEADS, string[][]]>([
  ['MicroK8s', [rowsOf(MICROK8S, 'tree'), rowsOf(MICROK8S, 'identity')]],
  ['KubeEdge', [rowsOf(KUBEEDGE, 'tree'), rowsOf(KUBEEDGE, 'identity')]],
])(
  'the tables of docs/nodes.md say of every file of %s who has it, what a change of it asks for, and what makes it',
  (name, made) => {
    expect(made[0]?.length).toBeGreaterThan(15);
    expect(tablesOf(name)).toEqual(made);
  },
);

test('no file of a tree with most that can be said is missing in them', () => {
  const told = (name: keyof typeof HEADS) => (tablesOf(name)[0] ?? []).map((row) => row.split('`')[1]);
  const depots = [DEPOT, OFFLINE].flatMap((input) => [
    ...microk8sTree(input, 'server').files,
    ...microk8sTree(input, 'agent').files,
  ]);
  expect(depots.map(({ path }) => path).filter((path) => !told('MicroK8s').includes(path))).toEqual([]);
  expect(
    kubeEdgeTree(VAN)
      .files.map(({ path }) => path)
      .filter((path) => !told('KubeEdge').includes(path)),
  ).toEqual([]);
});
