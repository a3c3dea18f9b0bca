import { nodeClassesOf } from '../../../lib/check/ledger/node-class';
import { eligibleClasses } from '../../../lib/model/eligible-nodes';
import type { NodeRequirement, PodSpec } from '../../../lib/model/pod-template';
import { checkPlan, deviceClass } from '../../support/check-plan';

const classes = [
  deviceClass('box', {}, { nodeLabels: { tier: '2', disk: 'ssd' } }),
  deviceClass('till', { platforms: ['linux/arm64'] }, { nodeLabels: { tier: '1' } }),
  deviceClass('old', { platforms: ['linux/arm64', 'linux/arm/v7'] }),
];
const { plan } = checkPlan({ classes, workloads: [], sites: [{ name: 's', nodes: { box: 1, till: 1, old: 1 } }] });

function eligible(spec: PodSpec): string[] {
  const cohort = plan.cohorts[0];
  if (!cohort) throw new Error('no cohort');
  const nodes = nodeClassesOf(cohort, plan.model);
  return eligibleClasses(spec, nodes, classes).map((cls) => cls.deviceClass.id);
}

function affinity(...terms: readonly (readonly NodeRequirement[])[]): PodSpec {
  const nodeSelectorTerms = terms.map((matchExpressions) => ({ matchExpressions }));
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } };
}

const all = ['box', 'till', 'old'];
const token = plan.tokens.text('site.name');

test.each<[string, PodSpec, readonly string[]]>([
  ['nothing', {}, all],
  ['an architecture', { nodeSelector: { 'kubernetes.io/arch': 'arm64' } }, ['till', 'old']],
  ['an architecture of two', { nodeSelector: { 'kubernetes.io/arch': 'arm' } }, ['old']],
  ['a device class', { nodeSelector: { 'edgecdk.dev/device-class': 'till' } }, ['till']],
  ['servers', { nodeSelector: { 'node-role.kubernetes.io/control-plane': 'true' } }, ['box']],
  ['another system', { nodeSelector: { 'kubernetes.io/os': 'windows' } }, []],
  ['a label of some', { nodeSelector: { disk: 'ssd' } }, ['box']],
  ['a label that nobody describes', { nodeSelector: { 'x.example/y': 'z' } }, all],
  ['a value of the site', { nodeSelector: { disk: token } }, all],
  ['two conditions', { nodeSelector: { disk: 'ssd', tier: '1' } }, []],
  [
    'a selector and an affinity',
    { nodeSelector: { tier: '1' }, ...affinity([{ key: 'disk', operator: 'Exists' }]) },
    [],
  ],
  ['In', affinity([{ key: 'tier', operator: 'In', values: ['1', '3'] }]), ['till']],
  ['NotIn', affinity([{ key: 'tier', operator: 'NotIn', values: ['1'] }]), ['box', 'old']],
  ['Exists', affinity([{ key: 'tier', operator: 'Exists' }]), ['box', 'till']],
  ['DoesNotExist', affinity([{ key: 'tier', operator: 'DoesNotExist' }]), ['old']],
  ['Gt', affinity([{ key: 'tier', operator: 'Gt', values: ['1'] }]), ['box']],
  ['Lt', affinity([{ key: 'tier', operator: 'Lt', values: ['2'] }]), ['till']],
  [
    'either of two terms',
    affinity([{ key: 'disk', operator: 'Exists' }], [{ key: 'tier', operator: 'In', values: ['1'] }]),
    ['box', 'till'],
  ],
  ['no term at all', affinity(), all],
])('%s selects the nodes that it says', (_what, spec, expected) => {
  expect(eligible(spec)).toEqual(expected);
});
