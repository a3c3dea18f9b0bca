import * as edgecdk from 'edgecdk';
import { ModuleKind, transpile } from 'typescript';
import { model } from '../../constructs/internal';
import { K3S_RUNTIMES } from '../../lib/catalog/k3s-runtimes';
import { KUBEEDGE_RUNTIMES } from '../../lib/catalog/kubeedge-runtimes';
import { MICROK8S_RUNTIMES } from '../../lib/catalog/microk8s-runtimes';
import { RUNTIMES } from '../../lib/catalog/runtimes';
import { k3sAgentTree } from '../../lib/distributions/k3s/node/tree';
import { kubeEdgeTree } from '../../lib/distributions/kubeedge/node/tree';
import type { ContainerRuntime } from '../../lib/model/container-runtime';
import type { NodeFile } from '../../lib/model/node-tree';
import { VAN } from '../lib/distributions/kubeedge/node/sample-input';
import { SINGLE } from '../lib/render/node/sample-input';
import { filesIn, readDoc, tablesWith } from './markdown';

const page = readDoc('runtimes.md');
const TITLES = { k3s: 'K3s', kubeedge: 'KubeEdge' } as const;
const PAIRS = { K3s: K3S_RUNTIMES, MicroK8s: MICROK8S_RUNTIMES, KubeEdge: KUBEEDGE_RUNTIMES };
const runtimes = Object.keys(RUNTIMES) as ContainerRuntime[];

test('the program of the page is one', () => {
  const script = transpile(filesIn(page)['fleet.ts'] ?? '', { module: ModuleKind.CommonJS });
  const made: { default?: edgecdk.Fleet } = {};
  new Function('require', 'exports', '__dirname', script)(() => edgecdk, made, __dirname);
  const [till] = made.default?.node.findAll().filter((one) => one instanceof edgecdk.DeviceClass) ?? [];
  expect(till?.[model]).toMatchObject({ record: { runtime: 'docker' } });
});

test('the table of pairs is the catalogue', () => {
  const rows = Object.entries(PAIRS).flatMap(([title, pairs]) =>
    runtimes.map((runtime) => {
      const pair = pairs[runtime];
      const told =
        pair.kind === 'refused' ? ['refused', pair.reason] : [pair.kind === 'keys' ? pair.onMachine : '-', pair.note];
      return [title, `\`${runtime}\``, ...told];
    }),
  );
  expect(tablesWith(['distribution', 'runtime', 'must be on the machine', 'what to know'], page)).toEqual([rows]);
});

test('the table of forms is the catalogue', () => {
  const rows = runtimes.map((runtime) => {
    const { mirrors, mirrorsOf, unit, needs, endpoint } = RUNTIMES[runtime];
    return [
      `\`${runtime}\``,
      mirrors.form,
      mirrorsOf,
      [unit, ...needs].join(', '),
      `\`${endpoint.slice('unix://'.length)}\``,
    ];
  });
  expect(tablesWith(['runtime', 'form', 'mirrors of', 'service', 'kubelet dials'], page)).toEqual([rows]);
});

test('the table of files has each that a tree has because of its runtime or of mirrors', () => {
  const registries = [{ registry: 'docker.io', endpoints: ['https://mirror.example'] }];
  const made = (distribution: 'k3s' | 'kubeedge', runtime: ContainerRuntime, mirrors: boolean): NodeFile[] => {
    const cluster = { registries: mirrors ? registries : [] };
    return distribution === 'k3s'
      ? [...k3sAgentTree({ ...SINGLE, runtime, cluster: { ...SINGLE.cluster, ...cluster } }).files]
      : [...kubeEdgeTree({ ...VAN, runtime, cluster: { ...VAN.cluster, ...cluster } }).files];
  };
  const rows = (['k3s', 'kubeedge'] as const).flatMap((distribution) => {
    // What all runtimes have, with mirrors and without, is not there because of them.
    const all = runtimes.flatMap((runtime) => [true, false].map((mirrors) => made(distribution, runtime, mirrors)));
    const common = ({ path }: NodeFile) => all.every((files) => files.some((file) => file.path === path));
    return runtimes.flatMap((runtime) =>
      made(distribution, runtime, true)
        .filter((file) => !common(file))
        .map(({ path, effect }) => [TITLES[distribution], `\`${runtime}\``, `\`${path}\``, effect]),
    );
  });
  expect(tablesWith(['distribution', 'runtime', 'file', 'a change asks for'], page)).toEqual([rows]);
});
