import {
  DeviceClass,
  Fleet,
  Hardware,
  Inventory,
  K3sCluster,
  type K3sVersion,
  SiteBlueprint,
  SiteGroup,
  Size,
} from 'edgecdk';
import { usesOf } from '../../../lib/artifacts/uses';
import type { ReleaseNeed } from '../../../lib/model/artifact-lock';
import { fleetKey } from '../../../lib/model/fleet-symbol';
import { resolve } from '../../../lib/resolve/resolve';

function plan(...stores: readonly { version: K3sVersion; hardware: Hardware; agents?: Hardware; sites?: number }[]) {
  const fleet = new Fleet('grocer');
  for (const [i, { version, hardware, agents, sites = 1 }] of stores.entries()) {
    const server = new DeviceClass(fleet, `server-${i}`, { hardware });
    const agent = new DeviceClass(fleet, `agent-${i}`, { hardware: agents ?? hardware });
    const cluster = new K3sCluster({ version, servers: server.count(1), agents: agents && agent.count(2) });
    const blueprint = new SiteBlueprint(fleet, `store-${i}`, { cluster });
    const rows = Array.from({ length: sites }, (_, n) => ({ name: `site-${i}-${n}` }));
    new SiteGroup(fleet, `stores-${i}`, { blueprint, inventory: Inventory.rows(rows) });
  }
  const planned = resolve(fleet[fleetKey]());
  return [planned, new Set(planned.model.deviceClasses.map(({ path }) => path))] as const;
}

const n100 = Hardware.n100MiniPc({ memory: Size.gibibytes(16) });
const pi4 = Hardware.raspberryPi4B({ memory: Size.gibibytes(4) });
const riscv = Hardware.custom({ name: 'board', platforms: ['linux/riscv64'], cores: 4, memory: Size.gibibytes(8) });

test('each version counts with the architectures of the sites that run it, sorted', () => {
  const { uses, problems } = usesOf(
    ...plan(
      { version: 'v1.34.1+k3s1', hardware: pi4, sites: 3 },
      { version: 'v1.33.5+k3s1', hardware: pi4, agents: n100 },
      { version: 'v1.34.1+k3s1', hardware: n100 },
    ),
  );
  expect(problems).toEqual([]);
  expect(uses).toEqual([
    { member: 'k3s', version: 'v1.33.5+k3s1', architectures: ['amd64', 'arm64'], path: 'grocer/store-1' },
    { member: 'k3s', version: 'v1.34.1+k3s1', architectures: ['amd64', 'arm64'], path: 'grocer/store-0' },
  ]);
});

test('a machine that runs 32 or 64 bits counts as 64, as in the files of its node', () => {
  const { uses } = usesOf(...plan({ version: 'v1.33.5+k3s1', hardware: n100, agents: Hardware.raspberryPi3BPlus() }));
  expect(uses.map(({ architectures }) => architectures)).toEqual([['amd64', 'arm64']]);
});

test('a blueprint without sites needs nothing', () => {
  expect(usesOf(...plan({ version: 'v1.33.5+k3s1', hardware: n100, sites: 0 }))).toEqual({ uses: [], problems: [] });
});

test('machines that nobody sets up need nothing', () => {
  const [planned, classes] = plan({ version: 'v1.33.5+k3s1', hardware: n100, agents: pi4 });
  expect(usesOf(planned, new Set()).uses).toEqual([]);
  const [, agent = ''] = classes;
  expect(usesOf(planned, new Set([agent])).uses.map(({ architectures }) => architectures)).toEqual([['arm64']]);
});

test('hardware that there is no release for is an error', () => {
  const { problems } = usesOf(...plan({ version: 'v1.33.5+k3s1', hardware: n100, agents: riscv, sites: 2 }));
  expect(problems).toEqual([
    {
      path: 'grocer/agent-0',
      message: 'is linux/riscv64, and there is no release of K3s for it; use other hardware',
      severity: 'error',
    },
  ]);
});

test('what a distribution says that its machines install counts, each release by itself; from a store without architectures', () => {
  const [planned, classes] = plan({ version: 'v1.33.5+k3s1', hardware: n100, agents: Hardware.raspberryPi3BPlus() });
  const needs: readonly ReleaseNeed[] = [
    { member: 'microk8s', version: '1.33/stable', fromStore: true },
    { member: 'kubeedge', version: 'v1.23.1' },
    { member: 'cniPlugins', version: 'v1.9.1' },
  ];
  const cohorts = planned.cohorts.map((cohort) => {
    const { distribution } = cohort.cluster;
    const machines = { ...distribution.machines, releases: () => needs };
    return { ...cohort, cluster: { ...cohort.cluster, distribution: { ...distribution, machines } } };
  });
  const { uses, problems } = usesOf({ ...planned, cohorts }, classes);
  expect(problems).toEqual([]);
  expect(uses).toEqual([
    { member: 'cniPlugins', version: 'v1.9.1', architectures: ['amd64', 'arm64'], path: 'grocer/store-0' },
    { member: 'kubeedge', version: 'v1.23.1', architectures: ['amd64', 'arm64'], path: 'grocer/store-0' },
    { member: 'microk8s', version: '1.33/stable', fromStore: true, architectures: [], path: 'grocer/store-0' },
  ]);
});

test('a distribution that says nothing of what its machines install has nothing locked', () => {
  const [planned, classes] = plan({ version: 'v1.33.5+k3s1', hardware: n100 });
  const cohorts = planned.cohorts.map((cohort) => {
    const { distribution } = cohort.cluster;
    const machines = { ...distribution.machines, releases: undefined };
    return { ...cohort, cluster: { ...cohort.cluster, distribution: { ...distribution, machines } } };
  });
  expect(usesOf({ ...planned, cohorts }, classes)).toEqual({ uses: [], problems: [] });
});
