import { leafMapperProblems } from '../../../lib/check/leaf-mappers';
import { mapperWorkload } from '../../../lib/model/leaf-mapper';
import type { LeafMapperModel } from '../../../lib/model/leaf-model';
import type { RenderUnit } from '../../../lib/model/plan';
import type { DistributionName } from '../../../lib/model/site-context';
import type { WorkloadModel } from '../../../lib/model/workload-model';
import { checkPlan } from '../../support/check-plan';
import { DISTRIBUTIONS } from '../../support/distributions';
import { leafOf, mapper } from '../render/workload/leaf/fixtures';

interface Placed {
  readonly workload: WorkloadModel;
  readonly sites: readonly string[];
  readonly distribution: DistributionName;
}

/** Where a workload is, on nodes of one class. */
function on(
  workload: WorkloadModel,
  sites: readonly string[],
  deviceClass = 'plant/till',
  distribution: DistributionName = 'kubeedge',
): Placed {
  const placement = { ...workload.placement, onNodes: [deviceClass] };
  const own = { ...workload, placement };
  const placed = own.kind === 'container' && own.mapper ? { ...own, mapper: { ...own.mapper, placement } } : own;
  return { workload: placed, sites, distribution };
}

const mapped = (more: Partial<LeafMapperModel> = {}) => mapperWorkload({ ...mapper, ...more }, '/dmi');
const another = (more: Partial<LeafMapperModel> = {}) => mapped({ path: 'plant/other', id: 'other', ...more });

function problems(...placed: readonly Placed[]): string[] {
  const { plan } = checkPlan({ workloads: placed.map(({ workload }) => ({ id: workload.id })) });
  const units = plan.units.map((unit, i): RenderUnit => {
    const { workload, sites, distribution } = placed[i] ?? on(mapped(), []);
    const [one] = unit.sites;
    return {
      ...unit,
      workload,
      distribution: DISTRIBUTIONS[distribution],
      sites: one ? sites.map((name) => ({ ...one, name })) : [],
    };
  });
  const model = { ...plan.model, workloads: placed.map(({ workload }) => workload) };
  return leafMapperProblems({ model, units }).map(({ path, message, sites }) => `${path} ${message} ${sites ?? ''}`);
}

test('a second mapper of a protocol on a node is refused', () => {
  const [found, ...more] = problems(on(mapped(), ['a', 'b']), on(another(), ['b', 'c']));
  expect(found).toMatch(/^plant\/other is a second mapper for modbus on nodes that have plant\/modbus-mapper.* b$/);
  expect(more).toEqual([]);
});

test.each([
  ['another protocol', on(another({ protocol: 'mqtt' }), ['a'])],
  ['other sites', on(another(), ['b'])],
  ['other nodes', on(another(), ['a'], 'plant/box')],
])('a second mapper for %s is fine', (_what, second) => {
  expect(problems(on(mapped(), ['a']), second)).toEqual([]);
});

test('a device has its mapper where it is', () => {
  expect(problems(on(mapped(), ['a', 'b']), on(leafOf(), ['a']))).toEqual([]);
  expect(problems(on(mapped(), ['a']), on(leafOf(), ['a', 'b']))[0]).toMatch(
    /^plant\/press-1 .*not placed on all of its sites.* b$/,
  );
  expect(problems(on(mapped(), ['a'], 'plant/box'), on(leafOf(), ['a']))[0]).toMatch(
    /hangs on nodes of plant\/till, on which its mapper/,
  );
});

test('behind another distribution a device needs no mapper, and a mapper has nothing to do', () => {
  expect(problems(on(mapped(), ['a']), on(leafOf(), ['b'], 'plant/till', 'k3s'))).toEqual([]);
  expect(problems(on(mapped(), ['a'], 'plant/till', 'k3s'))).toEqual([
    expect.stringMatching(/^plant\/modbus-mapper is placed on sites of K3s, and a mapper serves KubeEdge alone.* a$/),
  ]);
});

test('a port that is none is refused', () => {
  expect(problems(on(mapped({ port: 0 }), ['a']))[0]).toMatch(/has the port 0/);
});
