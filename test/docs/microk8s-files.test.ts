import { Link, NodeSecrets, OperatingSystem, type OperatingSystemFacts, SecretStore } from 'edgecdk';
import { type DepotFleet, depotRuns, OFFLINE_CHANNEL } from '../support/depot-fleet';
import { readDoc, tablesWith } from './markdown';

function depot(system: Partial<OperatingSystemFacts> = {}, more: DepotFleet = {}, device: object = {}): DepotFleet {
  const operatingSystem = OperatingSystem.custom({ name: 'plain', snapd: true, ...system });
  const machine = { operatingSystem, storage: 'ssd', ...device } as const;
  return { rack: machine, gate: machine, ...more };
}

/** What makes files, by its name in the tables: depots as plain as can be, but for one option. */
const options: Readonly<Record<string, DepotFleet>> = {
  '`storage` sd, emmc': depot({}, { servers: 1 }, { storage: 'sd' }),
  '`dataMount`': depot({}, {}, { dataMount: '/var/snap/microk8s' }),
  '`operatingSystem` with ufw': depot({ firewall: 'ufw' }),
  '`Link.offline`': depot({}, { cluster: { channel: OFFLINE_CHANNEL }, blueprint: { link: Link.offline() } }),
  '`ntpServers`': depot({}, { cluster: { ntpServers: ['ntp.example'] } }),
  '`ntpServers` with chrony': depot({ timeSync: 'chrony' }, { cluster: { ntpServers: ['ntp.example'] } }),
  '`secrets`': depot({}, { cluster: { secrets: NodeSecrets.command(['/usr/local/bin/fetch-secret']) } }),
  '`SecretStore.nodeFiles`': depot({}, { fleet: { secrets: SecretStore.nodeFiles() } }),
};

const KINDS = ['tree', 'identity'] as const;
type Kind = (typeof KINDS)[number];
type Role = 'server' | 'agent';

interface Row {
  readonly effects: Partial<Record<Role, string>>;
  readonly by: Set<string>;
}

/** Effect by path of all that a synth makes for a server and a worker. */
function madeBy(described: DepotFleet): Readonly<Record<Kind, Record<Role, ReadonlyMap<string, string>>>> {
  const { files } = depotRuns(described);
  const manifest = (end: string): ReadonlyMap<string, string> => {
    const path = Object.keys(files).find((one) => one.endsWith(`${end}/manifest`)) ?? '';
    const lines = (files[path] ?? '').split('\n').map((line) => line.split('\t'));
    return new Map(lines.flatMap(([, , , effect = '', file = '']) => (file.startsWith('/') ? [[file, effect]] : [])));
  };
  const offline = files['nodes/depot.server.rack.offline/manifest'] === undefined ? '' : '.offline';
  return {
    tree: {
      server: manifest(`nodes/depot.server.rack${offline}`),
      agent: manifest(`nodes/depot.agent.gate${offline}`),
    },
    identity: { server: manifest('/depot-1-rack-1/identity'), agent: manifest('/depot-1-gate-1/identity') },
  };
}

/** The rows as a table must have them. */
function rows(kind: Kind): string[] {
  const found = new Map<string, Row>();
  const base = madeBy(depot())[kind];
  const always = new Set([...base.server.keys(), ...base.agent.keys()]);
  const all = [
    ['always', base] as const,
    ...Object.entries(options).map(([by, one]) => [by, madeBy(one)[kind]] as const),
  ];
  for (const [by, made] of all)
    for (const role of ['server', 'agent'] as const)
      for (const [path, effect] of made[role]) {
        if (by !== 'always' && always.has(path)) continue;
        const row = found.get(path) ?? { effects: {}, by: new Set() };
        row.effects[role] = effect;
        row.by.add(by);
        found.set(path, row);
      }
  return [...found]
    .map(([path, { effects, by }]) =>
      [`\`${path}\``, effects.server ?? '-', effects.agent ?? '-', [...by].join(' or ')].join(' | '),
    )
    .sort();
}

const tables = tablesWith(['path', 'server', 'worker', 'made by', 'for'], readDoc('microk8s.md')).map((table) =>
  table.map((cells) => cells.slice(0, 4).join(' | ')),
);

test.each(KINDS.map((kind, index) => ({ kind, table: tables[index] })))(
  'docs/microk8s.md says of every file of a $kind who has it, what a change of it asks for, and what makes it',
  ({ kind, table }) => {
    expect(table).toEqual(rows(kind));
  },
);
