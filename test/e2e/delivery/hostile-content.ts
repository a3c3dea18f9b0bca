import type { KubeObject } from '../../../lib/model/kube-object';
import { claim, configMap, hole } from '../../lib/engines/rancher-fleet/sample-content';
import { hostileTexts } from '../../support/hostile';

/** What users write that means something to a program on the way, and values that do. */
export const texts: readonly string[] = [
  ...hostileTexts,
  '{{',
  '}}',
  '{{x}}',
  '{{{',
  '{',
  '{{/* a */}}',
  '{{- x -}}',
  '{{ "{{" }}',
  '\u0024{X}',
  '\u0024{',
  '\u0024{ .ClusterName }',
  '$',
  '$$',
  '$\u0024{X}',
  '}',
  '`{{ `x` }}`',
  '\\u003c',
  '\\',
  '"',
  "'",
  'a\\"b',
  '<no ',
  'value>',
  '<',
  '>',
  '\u0007',
  'global.fleet.clusterLabels.edgecdk.dev/site',
  '<<: *a',
  '--- \na: b\n---\n',
];

/** Those without what an agent of Rancher Fleet cannot write. */
export const writableTexts = texts.filter((text) => !/[\u007f-\u009f\ufffe\uffff]/.test(text));

/** Objects with holes wherever they may be, and with texts as the user's own. */
export const objectsWith = (own: readonly string[]): readonly KubeObject[] => [
  configMap('pos-config', {
    whole: hole.a,
    mixed: `${hole.a}-${hole.b}`,
    inside: `x ${hole.a} y`,
    braces: `{${hole.a}}{{${hole.b}{`,
    dollars: `$${hole.a}$\u0024{${hole.b}}`,
    almost: `<no ${hole.a}value>${hole.b}>`,
    file: `first line\nkey = ${hole.a}\n{{ if }}\nlast \u0024{X} ${hole.b} line\n`,
    port: `${hole.port}`,
    at: `host:${hole.port}/x`,
    nothing: '<no value>',
    block: 'a file\nwith <no value>\nand {{ x }}\n',
  }),
  configMap('pos-texts', Object.fromEntries(own.map((text, i) => [`t${i}`, text]))),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `pos-${hole.site}`, namespace: 'pos' },
    spec: { ports: [{ port: hole.port, name: 'http' }], replicas: 2, on: true, off: false },
  },
  claim('pos-data'),
];

export const helmValuesWith = (own: readonly string[]): Readonly<Record<string, unknown>> => ({
  plain: 'yes',
  count: 3,
  literal: '\u0024{X} and \u0024{',
  label: 'global.fleet.clusterLabels.edgecdk.dev/site',
  whole: hole.a,
  port: hole.port,
  nested: {
    list: [hole.a, `${hole.b}{{ x }}`, hole.port],
    file: `a = ${hole.a}\n\u0024{ .ClusterName }\nb\n`,
    on: true,
  },
  texts: [...own],
  empty: {},
});

export const objects = objectsWith(texts);
export const helmValues = helmValuesWith(texts);
