/**
 * Fields of KubeEdge's objects for devices, v1beta1. The API server drops a field that it does not know without a word, so
 * the list is closed; the old v1alpha2 is still accepted by it and made nonsense of, so it is not here at all.
 * @see https://github.com/kubeedge/kubeedge/tree/master/build/crds/devices
 */
export const DEVICES_API = 'devices.kubeedge.io/v1beta1';

const MODEL = 'kubeedge/kubeedge, build/crds/devices/devices_v1beta1_devicemodel.yaml';
const DEVICE = 'kubeedge/kubeedge, build/crds/devices/devices_v1beta1_device.yaml';
const EDGE = 'kubeedge/kubeedge, edge/pkg/devicetwin';
const FRAMEWORK = 'kubeedge/kubeedge, staging mapper-framework, pkg/util/parse/grpc.go';

export interface ObjectField {
  readonly type: 'string' | 'integer' | 'boolean' | 'object' | 'list' | 'flat' | 'texts';
  /** Whether KubeEdge fails without it, which its own schema does not always say. */
  readonly required?: true;
  readonly values?: readonly string[];
  readonly source: string;
}

/** By path; `[]` stands for each entry of a list. `flat`: any keys, whose values are texts, numbers and truths alone; `texts`: texts alone. */
export type ObjectFields = Readonly<Record<string, ObjectField>>;

export const DEVICE_MODEL_FIELDS: ObjectFields = {
  spec: { type: 'object', required: true, source: MODEL },
  'spec.protocol': { type: 'string', required: true, source: MODEL },
  'spec.protocolConfigData': { type: 'flat', source: EDGE },
  'spec.properties': { type: 'list', required: true, source: MODEL },
  'spec.properties[].name': { type: 'string', required: true, source: MODEL },
  'spec.properties[].description': { type: 'string', source: MODEL },
  'spec.properties[].type': {
    type: 'string',
    required: true,
    values: ['INT', 'FLOAT', 'DOUBLE', 'STRING', 'BOOLEAN', 'BYTES', 'STREAM'],
    source: MODEL,
  },
  'spec.properties[].accessMode': {
    type: 'string',
    required: true,
    values: ['ReadWrite', 'ReadOnly'],
    source: MODEL,
  },
  'spec.properties[].minimum': { type: 'string', source: MODEL },
  'spec.properties[].maximum': { type: 'string', source: MODEL },
  'spec.properties[].unit': { type: 'string', source: MODEL },
  'spec.properties[].visitors': { type: 'object', source: MODEL },
  'spec.properties[].visitors.protocolName': { type: 'string', source: MODEL },
  'spec.properties[].visitors.configData': { type: 'flat', source: EDGE },
};

const property = 'spec.properties[]';
const push = `${property}.pushMethod`;

export const DEVICE_FIELDS: ObjectFields = {
  spec: { type: 'object', required: true, source: DEVICE },
  'spec.deviceModelRef': { type: 'object', required: true, source: 'kubeedge/kubeedge, cloud/pkg/devicecontroller' },
  'spec.deviceModelRef.name': { type: 'string', required: true, source: DEVICE },
  'spec.nodeName': { type: 'string', required: true, source: DEVICE },
  'spec.protocol': { type: 'object', required: true, source: DEVICE },
  'spec.protocol.protocolName': { type: 'string', required: true, source: DEVICE },
  'spec.protocol.configData': { type: 'flat', source: EDGE },
  'spec.stateReport': { type: 'object', source: DEVICE },
  'spec.stateReport.reportToCloud': { type: 'boolean', source: DEVICE },
  'spec.stateReport.reportCycle': { type: 'integer', source: DEVICE },
  'spec.methods': { type: 'list', source: DEVICE },
  'spec.methods[].name': { type: 'string', required: true, source: DEVICE },
  'spec.methods[].description': { type: 'string', source: DEVICE },
  'spec.methods[].propertyNames': { type: 'list', required: true, source: DEVICE },
  'spec.properties': { type: 'list', source: DEVICE },
  [`${property}.name`]: { type: 'string', required: true, source: DEVICE },
  [`${property}.desired`]: { type: 'object', source: DEVICE },
  [`${property}.desired.value`]: { type: 'string', required: true, source: DEVICE },
  [`${property}.desired.metadata`]: { type: 'texts', source: DEVICE },
  [`${property}.visitors`]: { type: 'object', required: true, source: FRAMEWORK },
  [`${property}.visitors.protocolName`]: { type: 'string', required: true, source: DEVICE },
  [`${property}.visitors.configData`]: { type: 'flat', required: true, source: FRAMEWORK },
  [`${property}.collectCycle`]: { type: 'integer', source: DEVICE },
  [`${property}.reportCycle`]: { type: 'integer', source: DEVICE },
  [`${property}.reportToCloud`]: { type: 'boolean', source: DEVICE },
  [push]: { type: 'object', source: DEVICE },
  [`${push}.mqtt`]: { type: 'object', source: DEVICE },
  [`${push}.mqtt.address`]: { type: 'string', source: DEVICE },
  [`${push}.mqtt.topic`]: { type: 'string', source: DEVICE },
  [`${push}.mqtt.qos`]: { type: 'integer', source: DEVICE },
  [`${push}.mqtt.retained`]: { type: 'boolean', source: DEVICE },
  [`${push}.http`]: { type: 'object', source: DEVICE },
  [`${push}.http.hostName`]: { type: 'string', source: DEVICE },
  [`${push}.http.port`]: { type: 'integer', source: DEVICE },
  [`${push}.http.requestPath`]: { type: 'string', source: DEVICE },
  [`${push}.http.timeout`]: { type: 'integer', source: DEVICE },
  [`${push}.otel`]: { type: 'object', source: DEVICE },
  [`${push}.otel.endpointURL`]: { type: 'string', source: DEVICE },
  [`${push}.anomalyDetection`]: { type: 'flat', source: EDGE },
  [`${push}.dbMethod`]: { type: 'object', source: DEVICE },
  ...database('influxdb2', {
    influxdb2ClientConfig: { url: 'string', org: 'string', bucket: 'string' },
    influxdb2DataConfig: { measurement: 'string', fieldKey: 'string', tag: 'texts' },
  }),
  ...database('redis', {
    redisClientConfig: { addr: 'string', db: 'integer', poolsize: 'integer', minIdleConns: 'integer' },
  }),
  ...database('TDEngine', { TDEngineClientConfig: { addr: 'string', dbName: 'string' } }),
  ...database('mysql', { mysqlClientConfig: { addr: 'string', database: 'string', userName: 'string' } }),
};

/** Fields of one of the databases that a mapper can write to. Its password is no field: mappers take that from their environment. */
function database(
  name: string,
  sections: Readonly<Record<string, Readonly<Record<string, 'string' | 'integer' | 'texts'>>>>,
): ObjectFields {
  const root = `${push}.dbMethod.${name}`;
  const fields = Object.entries(sections).flatMap(([section, members]) => [
    [`${root}.${section}`, { type: 'object', source: DEVICE }],
    ...Object.entries(members).map(([key, type]) => [`${root}.${section}.${key}`, { type, source: DEVICE }]),
  ]);
  return Object.fromEntries([[root, { type: 'object', source: DEVICE }], ...fields]);
}

export const DEVICE_LIMITS = {
  /** Numbers travel as 32-bit floats: integers beyond are rounded. @see kubeedge/kubeedge, edge/pkg/devicetwin/dtcommon/util.go */
  largestExactInteger: 2 ** 24,
  /** So many decimal digits such a float always keeps. */
  exactDigits: 6,
  largestFloat: 3.4028234663852886e38,
  /** Names and values of twins. @see kubeedge/kubeedge, edge/pkg/devicetwin/dtcommon/util.go */
  twinName: /^[a-zA-Z0-9_.,:/@#-]{1,128}$/,
  twinValue: /^[a-zA-Z0-9_.,:/@#-]{1,512}$/,
  /** Names that the mapper framework's own code for pictures knows. @see kubeedge/kubeedge, staging mapper-framework, pkg/common/const.go */
  streamNames: ['saveFrame', 'saveVideo'],
  /** Beyond a week a cycle is taken for nanoseconds, in which releases before 1.18 and many samples write it. */
  longestCycleMs: 7 * 24 * 3600 * 1000,
} as const;

/**
 * Folder of the socket by which mappers and edgecore talk (`dmi.sock`), and of each mapper's own. edgecore's default is `/etc/kubeedge`, where a mapper would
 * find the node's private key.
 */
export const DMI_FOLDER = '/var/lib/kubeedge/dmi';
