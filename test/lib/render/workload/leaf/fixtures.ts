import { deviceModelWorkload } from '../../../../../lib/model/device-model-workload';
import type { KubeObject } from '../../../../../lib/model/kube-object';
import type {
  DeviceModelRecord,
  LeafDeviceContent,
  LeafMapperModel,
  LeafPropertyModel,
  VisitorModel,
} from '../../../../../lib/model/leaf-model';
import type { DistributionName, ModelSite } from '../../../../../lib/model/site-context';
import type { LeafDeviceWorkloadModel } from '../../../../../lib/model/workload-model';
import type { RenderContext } from '../../../../../lib/render/render-context';
import { renderDeviceModel, renderLeafDevice } from '../../../../../lib/render/workload/leaf/leaf';
import { DISTRIBUTIONS } from '../../../../support/distributions';
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

export const pressContent: LeafDeviceContent = {
  model: press,
  mapper,
  protocol: { kind: 'modbus-tcp', host: '10.0.0.5', port: 502, unit: 1 },
  properties: {
    temperature: property(),
    limit: property({ desired: 80, visitor: { ...modbusVisitor, register: 'coil', scale: 1 } }),
  },
  methods: {},
};

/** `press-1` with a change of what it is. */
export function leafOf(content: Partial<LeafDeviceContent> = {}): LeafDeviceWorkloadModel {
  return {
    kind: 'leaf-device',
    path: 'plant/press-1',
    id: 'press-1',
    namespace: 'floor',
    placement,
    content: { ...pressContent, ...content },
    variants: [],
  };
}

function contextOf(distribution: DistributionName, secrets: RenderContext['secrets']): RenderContext {
  const cluster = { distribution, kubernetes: '1.33', has: () => false } as const;
  const site = { name: 'line-1', values: {}, json: {} } as unknown as ModelSite;
  return {
    context: { site, cluster },
    distribution: DISTRIBUTIONS[distribution],
    nodeOf: () => 'line-1-till-1',
    deviceClasses: [box, till],
    secrets,
    readFile: () => '',
  };
}

interface Change {
  readonly leaf?: Partial<LeafDeviceContent>;
  readonly model?: DeviceModelRecord;
  /** Null: none. */
  readonly mapper?: LeafMapperModel | null;
  /** @default 'kubeedge' */
  readonly distribution?: DistributionName;
  readonly secrets?: RenderContext['secrets'];
}

/** The objects of `press-1` with a change, as they are once undefined members are gone. */
export function render(change: Change = {}): KubeObject[] {
  const { model = press, mapper: served = mapper, distribution = 'kubeedge', secrets } = change;
  const leaf = leafOf({ ...change.leaf, model, mapper: served ?? undefined });
  return JSON.parse(JSON.stringify(renderLeafDevice(leaf, leaf.content, contextOf(distribution, secrets))));
}

/** The one object of a device model. */
export function renderModel(model: DeviceModelRecord): KubeObject {
  const workload = deviceModelWorkload(model, []);
  const [object] = renderDeviceModel(workload, model, contextOf('kubeedge', undefined));
  return JSON.parse(JSON.stringify(object));
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
  const properties = pressContent.properties as Record<'temperature' | 'limit', LeafPropertyModel>;
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
