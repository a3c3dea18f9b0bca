import { DMI_FOLDER } from '../../../lib/catalog/kubeedge-devices';
import { leafMapperProblems } from '../../../lib/check/leaf-mappers';
import type { LeafDeviceModel, LeafMapperModel } from '../../../lib/model/leaf-model';
import { leaf, mapper } from '../render/workload/leaf/fixtures';

const on = <T>(what: T, sites: readonly string[], classes: readonly string[] = ['plant/till']) => ({
  what,
  sites: new Set(sites),
  classes: new Set(classes),
});
const another = (more: Partial<LeafMapperModel> = {}): LeafMapperModel => ({
  ...mapper,
  path: 'plant/other',
  id: 'other',
  ...more,
});
const problems = (
  mappers: Parameters<typeof leafMapperProblems>[0],
  devices: ReturnType<typeof on<LeafDeviceModel>>[] = [],
) =>
  leafMapperProblems(mappers, devices, DMI_FOLDER).map(
    ({ path, message, sites }) => `${path} ${message} ${sites ?? ''}`,
  );

test('a second mapper of a protocol on a node is refused', () => {
  const [found, ...more] = problems([on(mapper, ['a', 'b']), on(another(), ['b', 'c'])]);
  expect(found).toMatch(/^plant\/other is a second mapper for modbus on nodes that have plant\/modbus-mapper.* b$/);
  expect(more).toEqual([]);
});

test.each([
  ['another protocol', on(another({ protocol: 'mqtt' }), ['a'])],
  ['other sites', on(another(), ['b'])],
  ['other nodes', on(another(), ['a'], ['plant/box'])],
])('a second mapper for %s is fine', (_what, second) => {
  expect(problems([on(mapper, ['a']), second])).toEqual([]);
});

test('a device has its mapper where it is', () => {
  expect(problems([on(mapper, ['a', 'b'])], [on(leaf, ['a'])])).toEqual([]);
  expect(problems([on(mapper, ['a'])], [on(leaf, ['a', 'b'])])[0]).toMatch(
    /^plant\/press-1 .*not placed on all of its sites.* b$/,
  );
  expect(problems([on(mapper, ['a'], ['plant/box'])], [on(leaf, ['a'])])[0]).toMatch(
    /hangs on nodes of plant\/till, on which its mapper/,
  );
});

test('a socket whose path no kernel takes and a port that is none are refused', () => {
  expect(leafMapperProblems([on(mapper, [])], [], `/${'x'.repeat(100)}`)[0]?.message).toMatch(/more than 107 bytes/);
  expect(problems([on(another({ port: 0 }), [])])[0]).toMatch(/has the port 0/);
});
