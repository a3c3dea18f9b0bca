import { Duration, LeafDevice, LeafProtocol, Site } from 'edgecdk';
import { model } from '../../constructs/internal';
import { objectsOfSite } from '../../lib/distributions/kubeedge/cloud/per-site';
import { KUBEEDGE } from '../../lib/distributions/kubeedge/kubeedge';
import { fleetKey } from '../../lib/model/fleet-symbol';
import type { KubeObject } from '../../lib/model/kube-object';
import type { Plan, RenderUnit } from '../../lib/model/plan';
import { renderUnit, type UnitObjects } from '../../lib/render/render-unit';
import { resolve } from '../../lib/resolve/resolve';
import { plant } from '../package/programs/plant';

interface Line {
  readonly pressHost: string;
  readonly limit: number;
}

/** A plan of lines with these values, as if KubeEdge were behind them. */
function planOf(change: (made: ReturnType<typeof plant>) => void, lines: readonly Line[]): Plan {
  const made = plant();
  change(made);
  for (const [i, values] of lines.entries())
    new Site(made.fleet, `line-${i}`, { blueprint: made.line, values: { ...values, shift: 'early' } });
  const plan = resolve(made.fleet[fleetKey]());
  return { ...plan, units: plan.units.map((unit): RenderUnit => ({ ...unit, distribution: KUBEEDGE })) };
}

function rendered(id: string, plan: Plan): UnitObjects {
  const unit = plan.units.find(({ workload }) => workload.id === id);
  if (!unit) throw new Error(`no unit of ${id}; there are ${plan.units.map((u) => u.id).join(', ')}`);
  return renderUnit(unit, plan, { readFile: () => '' });
}

function messages(result: UnitObjects): string[] {
  return 'problems' in result ? result.problems.map(({ path, message }) => `${path} ${message}`) : [];
}

function specOf(result: UnitObjects): Readonly<Record<string, unknown>> {
  const [object] = 'objects' in result ? result.objects : [];
  return (object as (KubeObject & { readonly spec: Readonly<Record<string, unknown>> }) | undefined)?.spec ?? {};
}

const lines = [
  { pressHost: '10.0.0.5', limit: 80 },
  { pressHost: 'press.line-2.example', limit: 100 },
];

test('one device stands for all sites, each with its own host, node and twin', () => {
  const plan = planOf(() => {}, lines);
  const result = rendered('press-1', plan);
  expect(messages(result)).toEqual([]);
  expect(specOf(result)).toMatchObject({
    nodeName: plan.tokens.text('site.nodeOf.press-1'),
    protocol: { configData: { ip: plan.tokens.text('site.values.pressHost') } },
    properties: [{ name: 'limit', desired: { value: String(plan.tokens.number('site.values.limit')) } }, {}],
  });
  expect(plan.sites.map(({ leafNodes }) => leafNodes)).toEqual([
    { 'press-1': 'line-0-gateway-1' },
    { 'press-1': 'line-1-gateway-1' },
  ]);
});

test('sites that share a cluster have a device each, of the one model', () => {
  const result = rendered(
    'press-1',
    planOf(() => {}, lines),
  );
  const [device] = objectsOfSite('objects' in result ? result.objects : [], 'line-0');
  expect(device).toMatchObject({ metadata: { name: 'press-1-line-0' }, spec: { deviceModelRef: { name: 'press' } } });
});

test.each([
  [101, /plant\/press-1 .*above the maximum 100/],
  [0.5, /no number of type INT/],
])('a site whose twin would be %d is refused', (limit, message) => {
  const plan = planOf(() => {}, lines);
  const sites = plan.sites.map((site, i) => (i === 1 ? { ...site, values: { ...site.values, limit } } : site));
  const units = plan.units.map((unit) => ({ ...unit, sites }));
  expect(messages(rendered('press-1', { ...plan, units }))).toEqual([expect.stringMatching(message)]);
});

test('a model keeps the fleet namespace, and units, bounds and modes of its properties', () => {
  const { fleet, press } = plant();
  const workload = fleet[fleetKey]().workloads.find(({ kind }) => kind === 'device-model');
  expect(workload).toMatchObject({ id: 'press', namespace: 'floor', content: press[model].record });
  const plan = planOf(() => {}, lines);
  const [unit] = plan.units;
  if (!unit || workload?.kind !== 'device-model') throw new Error('no model');
  const result = renderUnit({ ...unit, workload, content: workload.content }, plan, { readFile: () => '' });
  expect(specOf(result)).toMatchObject({
    properties: [
      { name: 'limit', type: 'INT', accessMode: 'ReadWrite', minimum: '0', maximum: '100' },
      { name: 'temperature', type: 'FLOAT', accessMode: 'ReadOnly', maximum: '120', unit: 'Celsius' },
    ],
  });
});

test('a model goes where any of its devices goes, and only to KubeEdge', () => {
  const { fleet, device } = plant();
  const workload = fleet[fleetKey]().workloads.find(({ kind }) => kind === 'device-model');
  expect(workload?.placement).toMatchObject({
    anyOf: [device[model].record.placement],
    where: [{ distributions: ['kubeedge'] }],
  });
});

test('the records of constructs are plain, but for what a site makes', () => {
  const { device, modbus } = plant();
  expect(device[model].record).toMatchObject({
    kind: 'leaf-device',
    path: 'plant/press-1',
    namespace: 'floor',
    placement: { on: ['plant/line'], onNodes: ['plant/gateway'] },
    content: {
      model: { path: 'plant/press' },
      mapper: { path: 'plant/modbus-mapper' },
      methods: { SetLimit: { properties: ['limit'] } },
      stateMs: 300_000,
      hardware: 'esp32',
    },
  });
  expect(modbus[model].record).toMatchObject({
    kind: 'container',
    mapper: { protocol: 'modbus', port: 7777 },
    content: { run: { kind: 'every-node' } },
  });
});

test('cycles that are no whole milliseconds are told with all else, not thrown by the constructor', () => {
  const every = Duration.millis(0.5);
  const plan = planOf(({ fleet, behind, press, modbus, holding }) => {
    new LeafDevice(fleet, 'fast', {
      behind,
      model: press,
      mapper: modbus,
      protocol: LeafProtocol.modbusTcp({ host: '10.0.0.5', unit: 1 }),
      properties: { temperature: { visitor: holding, every }, limit: { visitor: holding, every } },
    });
  }, lines);
  expect(messages(rendered('fast', plan))).toEqual([expect.stringMatching(/plant\/fast .*every 0.5 ms/)]);
});
