import {
  KUBEEDGE_RELEASES,
  kubeEdgeVersionFindings,
  parseKubeEdgeVersion,
  releaseRefusal,
} from '../../../lib/catalog/kubeedge';
import { KUBEEDGE_FEATURES, withNeeds } from '../../../lib/catalog/kubeedge-features';
import { flattened, nested } from '../../../lib/model/dotted-paths';
import type { KubeEdgeFeature } from '../../../lib/model/kubeedge-feature';
import { unknownFields } from '../../support/kubeedge-crds';

test.each([
  ['v1.23.1', { minor: '1.23', patch: 1 }],
  ['v1.23.1-rc.0', undefined],
  ['1.23.1', undefined],
  ['v1.23', undefined],
])("'%s' is read as it is written", (text, wanted) => {
  expect(parseKubeEdgeVersion(text)).toEqual(wanted);
});

test('the newest release of each minor is one that can be taken', () => {
  for (const [minor, { newest, kubernetes }] of Object.entries(KUBEEDGE_RELEASES)) {
    expect([newest.startsWith(`v${minor}.`), releaseRefusal(newest)]).toEqual([true, undefined]);
    for (const tested of kubernetes) expect(kubeEdgeVersionFindings(newest, tested)).toEqual([]);
  }
});

test('a later patch of a known minor is taken, too', () => {
  expect(kubeEdgeVersionFindings('v1.23.9', '1.31')).toEqual([]);
});

test('what a feature needs is known, and comes with it', () => {
  for (const { needs } of Object.values(KUBEEDGE_FEATURES))
    for (const needed of needs as readonly KubeEdgeFeature[]) expect(Object.keys(KUBEEDGE_FEATURES)).toContain(needed);
  expect(withNeeds(['edgeMesh', 'jobs'])).toEqual(['edgeMesh', 'jobs', 'metaServer', 'nodeGroups']);
});

test('a field that a kind does not have is told by its path', () => {
  expect(unknownFields('apps.kubeedge.io/v1alpha1/NodeGroup', { matchLabels: { a: 'b' }, nodeNames: ['x'] })).toEqual([
    'nodeNames[]',
  ]);
  expect(unknownFields('a/v1/B', {})).toEqual(['a/v1/B is no kind of KubeEdge that EdgeCDK writes']);
});

test('paths and trees are one thing in two writings', () => {
  const values = { 'a.b': 1, 'a.c.d': [2], e: { 'f.g': 3 } };
  expect(nested({ ...values, gone: undefined })).toEqual({ a: { b: 1, c: { d: [2] } }, e: { 'f.g': 3 } });
  expect(flattened(nested(values), (path) => path === 'e')).toEqual(values);
});
