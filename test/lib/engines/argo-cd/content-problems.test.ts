import { ENGINE_RULES } from '../../../../lib/catalog/engine-rules';
import { ARGO_CD } from '../../../../lib/engines/argo-cd/argo-cd';
import type { Problem } from '../../../../lib/model/problem';
import { contentOf, helmLayer, layerOf, metrics, pos, type Sample, siteOf, variantOf, waves } from './sample-content';

const chart = { repo: 'https://a.example', chart: 'b', version: '1.0.0' };

/** Without a chart of others, which has a finding of its own where there are waves. */
function problemsOf(sample: Sample = {}): readonly Problem[] {
  return ARGO_CD.render?.(contentOf({ layers: [pos], has: { pos: 'default' }, ...sample })).problems ?? [];
}

const shown = (problems: readonly Problem[]) =>
  problems.map(({ severity, path, rule }) => [severity, path, ...(rule === undefined ? [] : [rule])]);

const many = (count: number) => Array.from({ length: count }, (_, i) => siteOf(`store-${i}`));
const away = { link: { kind: 'intermittent' } } as const;

test.each<[string, Sample]>([
  ['a hub', {}],
  ['waves', { more: { waves } }],
  ['500 sites', { sites: many(500) }],
  ['sites that are away, each with an Argo CD', { sites: [siteOf('a', away)], options: { shape: 'site' } }],
  ['many sites, each with an Argo CD', { sites: many(501), options: { shape: 'site' } }],
  [
    'waves and a chart of others at sites',
    { layers: [metrics], has: { metrics: 'old' }, more: { waves }, options: { shape: 'site' } },
  ],
  ['a chart of others', { layers: [metrics], has: { metrics: 'old' } }],
])('nothing is found with %s', (_name, sample) => {
  expect(problemsOf(sample)).toEqual([]);
});

test.each<[string, Sample, readonly string[], RegExp]>([
  [
    '501 sites on a hub',
    { sites: many(501) },
    ['warning', 'grocer', ENGINE_RULES.argoCdSites],
    /has 501 sites for one Argo CD; the largest published setup has 500 clusters/,
  ],
  [
    'a site that is away, and a hub',
    { sites: [siteOf('a', away), siteOf('b')] },
    ['warning', 'grocer', ENGINE_RULES.argoCdOffline],
    /has 1 site whose link is down at times/,
  ],
  [
    'waves and a chart of others on a hub',
    { layers: [metrics], has: { metrics: 'old' }, more: { waves } },
    ['warning', 'grocer/metrics', ENGINE_RULES.argoCdChartWaves],
    /its version and values reach all waves at once/,
  ],
  [
    'progressive syncs without waves',
    { options: { progressiveSyncs: true } },
    ['error', 'grocer'],
    /progressive syncs and no waves/,
  ],
  [
    'progressive syncs with a wave that never moves',
    {
      options: { progressiveSyncs: true },
      more: { waves: [{ name: 'all', sites: 2, offline: 0, maxUnavailable: '0%' }] },
    },
    ['error', 'grocer'],
    /the wave 'all' with maxUnavailable 0/,
  ],
  [
    'progressive syncs with sites that are away',
    { options: { progressiveSyncs: true }, more: { waves: [{ name: 'all', sites: 9, offline: 3 }] } },
    ['warning', 'grocer', ENGINE_RULES.argoCdProgressive],
    /\(all: 3\).*holds up all later waves.*automated sync is off/,
  ],
  [
    'a member of a HelmChart that would be lost',
    { layers: [helmLayer('x', { default: { ...chart, set: { a: 1 } } })], has: { x: 'default' } },
    ['error', 'grocer/x'],
    /spec\.set, which an Application of Argo CD has no field for/,
  ],
  [
    'the name of the root Application',
    {
      layers: [layerOf('edgecdk', [variantOf('default', [])])],
      has: { edgecdk: 'default' },
      options: { shape: 'site' },
    },
    ['error', 'grocer/edgecdk'],
    /has the id edgecdk/,
  ],
  [
    'values that are larger than annotations may be',
    { sites: [siteOf('small'), siteOf('large', { values: { store: 'x'.repeat(250 * 1024), port: 1, tags: [] } })] },
    ['error', 'grocer/store'],
    /has 251 KiB of values of one site .* 240 KiB at most/,
  ],
  [
    'an ApplicationSet that is larger than an object may be',
    {
      layers: [helmLayer('x', { default: { ...chart, valuesContent: { a: 'x'.repeat(2e6) } } })],
      has: { x: 'default' },
    },
    ['error', 'grocer/x'],
    /makes applicationsets\/x\.yaml of 1\.9 MiB/,
  ],
])('%s', (_name, sample, found, message) => {
  const problems = problemsOf(sample);
  expect(shown(problems)).toEqual([found]);
  expect(problems[0]?.message).toMatch(message);
});

test('the site with the largest values is named', () => {
  const large = siteOf('large', { values: { store: '"'.repeat(130 * 1024), port: 1, tags: [] } });
  expect(problemsOf({ sites: [siteOf('small'), large] })[0]?.sites).toEqual(['large']);
});
