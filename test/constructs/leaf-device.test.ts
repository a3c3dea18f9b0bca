import { Duration } from 'edgecdk';
import { model } from '../../constructs/internal';
import { LeafDevice } from '../../constructs/leaf-device';
import { LeafProtocol } from '../../constructs/leaf-protocol';
import type { KubeObject } from '../../lib/model/kube-object';
import type { LeafDeviceModel } from '../../lib/model/leaf-model';
import { type Proven, proveTokens } from '../../lib/model/prove-tokens';
import { TokenTable } from '../../lib/model/token';
import { renderDeviceModel, renderLeaf } from '../../lib/render/workload/leaf/leaf';
import { plant } from './plant';

interface Line {
  readonly pressHost: string;
  readonly limit: number;
}

/** What the device is at lines with these values. */
function prove(record: LeafDeviceModel, lines: readonly Line[]): Proven<readonly KubeObject[]> {
  const { press, modbus } = plant();
  const holes = new Map<string, 'text' | 'number'>([
    ['site.name', 'text'],
    ['site.values.pressHost', 'text'],
    ['site.values.limit', 'number'],
  ]);
  const tokens = new TokenTable([...holes.keys(), 'site.profile'].sort());
  const sites = lines.map((values, i) => ({ name: `line-${i}`, profile: 'rpi', values: { ...values } }));
  const cluster = { distribution: 'k3s', kubernetes: '1.33', has: () => false } as const;
  const parts = { leaf: record, model: press[model].record, mapper: modbus[model].record };
  return proveTokens({ sites, holes, tokens }, (site) => {
    const nodeName = `${site.name}-gateway-1`;
    const objects = renderLeaf(parts, {
      distribution: 'kubeedge',
      context: { site, cluster },
      nodeName,
      deviceClasses: [],
    });
    return JSON.parse(JSON.stringify(objects));
  });
}

test('one device stands for all sites, each with its own host, node and twin', () => {
  const { device } = plant();
  const proven = prove(device[model].record, [
    { pressHost: '10.0.0.5', limit: 80 },
    { pressHost: 'press.line-2.example', limit: 100 },
  ]);
  expect('made' in proven && proven.made.map(({ kind }) => kind)).toEqual(['Device']);
});

test.each([
  [101, /above the maximum 100/],
  [0.5, /no number of type INT/],
])('a site whose twin would be %d is refused', (limit, message) => {
  const { device } = plant();
  const lines = [
    { pressHost: '10.0.0.5', limit: 80 },
    { pressHost: '10.0.0.6', limit },
  ];
  expect(() => prove(device[model].record, lines)).toThrow(message);
});

test('a model keeps the fleet namespace, and units, bounds and modes of its properties', () => {
  const { press } = plant();
  expect(renderDeviceModel(press[model].record)).toMatchObject({
    metadata: { name: 'press', namespace: 'floor' },
    spec: {
      properties: [
        { name: 'limit', type: 'INT', accessMode: 'ReadWrite', minimum: '0', maximum: '100' },
        { name: 'temperature', type: 'FLOAT', accessMode: 'ReadOnly', maximum: '120', unit: 'Celsius' },
      ],
    },
  });
});

test('the records of constructs are plain, but for what a site makes', () => {
  const { device, modbus } = plant();
  expect(device[model].record).toMatchObject({
    path: 'plant/press-1',
    model: 'plant/press',
    mapper: 'plant/modbus-mapper',
    placement: { on: ['plant/line'], onNodes: ['plant/gateway'] },
    methods: { SetLimit: { properties: ['limit'] } },
    stateMs: 300_000,
    hardware: 'esp32',
  });
  expect(modbus[model].record).toMatchObject({
    protocol: 'modbus',
    port: 7777,
    content: { run: { kind: 'every-node' } },
  });
});

test('cycles that are no whole milliseconds are told with all else, not thrown by the constructor', () => {
  const { fleet, behind, press, modbus, holding } = plant();
  const every = Duration.millis(0.5);
  const device = new LeafDevice(fleet, 'fast', {
    behind,
    model: press,
    mapper: modbus,
    protocol: LeafProtocol.modbusTcp({ host: '10.0.0.5', unit: 1 }),
    properties: { temperature: { visitor: holding, every }, limit: { visitor: holding, every } },
  });
  expect(() => prove(device[model].record, [{ pressHost: 'x', limit: 1 }])).toThrow(/every 0.5 ms/);
});
