import { parse, parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../../../lib/model/kube-object';
import { chartFiles } from '../../../../lib/render/layer/chart-files';
import { claim, configMap, hole, tokens, variantOf } from '../../engines/rancher-fleet/sample-content';

function crd(group: string, kind: string): KubeObject {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, annotations: { own: 'x' } },
    spec: { group, names: { kind, plural }, description: 'a {{ b }}' },
  };
}

const files = (objects: readonly KubeObject[], isHelm = false) =>
  chartFiles({ name: 'pos' }, variantOf('default', objects), tokens, { isHelm });

test('a chart is named after its layer, and its version never moves', () => {
  const chart = files([configMap('a', {})]).get('Chart.yaml') ?? '';
  expect(parse(chart)).toEqual({ apiVersion: 'v2', name: 'pos', version: '0.0.0' });
});

test('holes stand in double quotes and numbers bare, never in a block of text', () => {
  const text = files([configMap('a', { file: `one\ntwo ${hole.a}\n`, port: hole.port, plain: 'one\ntwo\n' })]).get(
    'templates/pos.yaml',
  );
  expect(text).toContain('file: "one\\ntwo {{ .Values.v.values__a }}\\n"\n');
  expect(text).toContain('port: {{ .Values.v.values__port }}\n');
  expect(text).toContain('plain: |\n');
});

test.each(['PersistentVolumeClaim', 'PersistentVolume', 'Namespace', 'CustomResourceDefinition'])(
  'a %s stays when its release goes, with the annotations that it had',
  (kind) => {
    const object = { ...claim('a'), kind, metadata: { name: 'a', annotations: { own: 'x' } } };
    const [printed] = parseAllDocuments(files([object]).get('templates/pos.yaml') ?? '');
    expect(printed?.toJS().metadata.annotations).toEqual({ own: 'x', 'helm.sh/resource-policy': 'keep' });
  },
);

test('other objects go with their release', () => {
  expect(files([configMap('a', {})]).get('templates/pos.yaml')).not.toContain('resource-policy');
});

test('for Helm, definitions of kinds that the chart has objects of are there before it, as plain text, and in the templates', () => {
  const own = { ...configMap('one', {}), apiVersion: 'grocer.example/v1', kind: 'Till' };
  const definition = crd('grocer.example', 'Till');
  const made = files([definition, crd('grocer.example', 'Shelf'), own], true);
  expect([...made.keys()]).toEqual(['Chart.yaml', 'templates/pos.yaml', 'crds/tills.grocer.example.yaml']);
  expect(parse(made.get('crds/tills.grocer.example.yaml') ?? '')).toEqual(definition);
  expect(made.get('templates/pos.yaml')).toContain('name: tills.grocer.example');
  expect([...files([definition, own]).keys()]).toEqual(['Chart.yaml', 'templates/pos.yaml']);
});

test('equal content gives equal bytes', () => {
  const objects = [configMap('a', { a: hole.a }), claim('b')];
  expect([...files(objects)]).toEqual([...files(structuredClone(objects))]);
});
