import type { KubeObject } from '../../../../../lib/model/kube-object';
import type {
  DeviceModelRecord,
  LeafDeviceModel,
  LeafMapperModel,
  LeafPropertyModel,
  VisitorModel,
} from '../../../../../lib/model/leaf-model';
import type { ModelSite } from '../../../../../lib/model/site-context';
import { renderLeaf } from '../../../../../lib/render/workload/leaf/leaf';
import type { LeafContext } from '../../../../../lib/render/workload/leaf/leaf-context';
import { box, contentOf, runs, till } from '../container/fixtures';

export const modbusVisitor: VisitorModel = {
  kind: 'modbus',
  register: 'holding',
  offset: 4,
  count: 1,
  scale: 0.1,
  swapBytes: false,
  swapRegisters: false,
};

export function property(more: Partial<LeafPropertyModel> = {}): LeafPropertyModel {
  return { visitor: modbusVisitor, collectMs: 10_000, reportMs: 30_000, reportToCloud: true, ...more };
}

export const press: DeviceModelRecord = {
  path: 'plant/press',
  id: 'press',
  namespace: 'floor',
  protocol: 'modbus',
  properties: {
    temperature: { type: 'FLOAT', writable: false, minimum: 0, maximum: 120.5, unit: 'Celsius' },
    limit: { type: 'INT', writable: true, minimum: 0, maximum: 100 },
  },
};

export const placement = { where: [], except: [], onNodes: [till.path] };

export const mapper: LeafMapperModel = {
  path: 'plant/modbus-mapper',
  id: 'modbus-mapper',
  namespace: 'floor',
  placement,
  protocol: 'modbus',
  version: 'v1.10.0',
  port: 7777,
  logins: [],
  content: contentOf({ image: 'ghcr.io/acme/modbus-mapper:1.10.0', run: runs.everyNode }),
};

export const leaf: LeafDeviceModel = {
  path: 'plant/press-1',
  id: 'press-1',
  placement,
  model: press.path,
  mapper: mapper.path,
  protocol: { kind: 'modbus-tcp', host: '10.0.0.5', port: 502, unit: 1 },
  properties: {
    temperature: property(),
    limit: property({ desired: 80, visitor: { ...modbusVisitor, register: 'coil', scale: 1 } }),
  },
  methods: {},
};

export function contextOf(more: Partial<LeafContext> = {}): LeafContext {
  const cluster = { distribution: 'k3s', kubernetes: '1.33', has: () => false } as const;
  const site = { name: 'line-1', values: {}, json: {} } as unknown as ModelSite;
  return {
    distribution: 'kubeedge',
    context: { site, cluster },
    nodeName: 'line-1-till-1',
    deviceClasses: [box, till],
    ...more,
  };
}

interface Change {
  readonly leaf?: Partial<LeafDeviceModel>;
  readonly model?: DeviceModelRecord;
  /** Null: none. */
  readonly mapper?: LeafMapperModel | null;
  readonly context?: Partial<LeafContext>;
}

/** The objects of `press-1` with a change, as they are once undefined members are gone. */
export function render(change: Change = {}): KubeObject[] {
  const { model = press, mapper: served = mapper } = change;
  const parts = { leaf: { ...leaf, ...change.leaf }, model, mapper: served ?? undefined };
  return JSON.parse(JSON.stringify(renderLeaf(parts, contextOf(change.context))));
}

/** What is wrong with `press-1` after a change of one of its properties. */
export function refusal(change: Change): string {
  try {
    render(change);
  } catch (e) {
    if (e instanceof Error) return e.message;
  }
  return 'nothing';
}

export function withProperty(name: 'temperature' | 'limit', more: Partial<LeafPropertyModel>): Change {
  const properties = leaf.properties as Record<'temperature' | 'limit', LeafPropertyModel>;
  return { leaf: { properties: { ...properties, [name]: { ...properties[name], ...more } } } };
}

export function withSettings(settings: Readonly<Record<string, unknown>>): Change {
  const model = {
    ...press,
    protocol: 'acme',
    properties: { temperature: { type: 'FLOAT', writable: false } },
  } as const;
  const visitor = { kind: 'custom', protocol: 'acme', settings: settings as never } as const;
  return {
    model,
    mapper: { ...mapper, protocol: 'acme' },
    leaf: {
      protocol: { kind: 'custom', name: 'acme', settings: settings as never },
      properties: { temperature: property({ visitor }) },
    },
  };
}
