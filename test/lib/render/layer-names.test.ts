import * as fc from 'fast-check';
import { layerNames, type NamedContent } from '../../../lib/render/layer-names';

const content = (variant: string, digest: string, ...facts: string[]): NamedContent => ({ variant, digest, facts });
const namesOf = (...contents: NamedContent[]) => [...layerNames(contents).values()];

test('content that is the same for all sites of a variant is named by the variant alone', () => {
  expect(
    namesOf(content('default', 'a', 'k3s', '1.33', 'box'), content('default', 'a', 'microk8s', '1.33', 'rack')),
  ).toEqual(['default', 'default']);
});

test.each([
  [
    'distribution',
    [content('default', 'a', 'k3s', '1.33'), content('default', 'b', 'microk8s', '1.33')],
    ['default.k3s', 'default.microk8s'],
  ],
  [
    'minor',
    [content('default', 'a', 'k3s', '1.33'), content('default', 'b', 'k3s', '1.34')],
    ['default.k3s.1.33', 'default.k3s.1.34'],
  ],
  [
    'device classes',
    [content('gpu', 'a', 'k3s', '1.33', 'box_till'), content('gpu', 'b', 'k3s', '1.33', 'box')],
    ['gpu.k3s.1.33.box_till', 'gpu.k3s.1.33.box'],
  ],
] as const)('what differs by %s bears it in its name', (_, contents, names) => {
  expect(namesOf(...contents)).toEqual(names);
});

test('a variant whose content does not differ keeps its name beside one whose content does', () => {
  expect(
    namesOf(content('default', 'a', 'k3s'), content('default', 'b', 'microk8s'), content('gpu', 'c', 'k3s')),
  ).toEqual(['default.k3s', 'default.microk8s', 'gpu']);
});

test('overrides are told by an underline, and a long name is cut and told by its digest', () => {
  expect(namesOf(content('default+hot-fix', 'a'))).toEqual(['default_hot-fix']);
  const [long = ''] = namesOf(content('v'.repeat(80), 'a'));
  expect(long).toMatch(/^v{54}-[0-9a-f]{8}$/);
});

test('no name stands for two contents, and each is legal as a label', () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
  const contents = fc.uniqueArray(fc.tuple(word, word, word, word), {
    selector: (parts) => parts.join(' '),
    maxLength: 8,
  });
  fc.assert(
    fc.property(contents, (all) => {
      const named = [...layerNames(all.map(([variant, ...facts], i) => content(variant, `${i}`, ...facts)))];
      expect(new Set(named.map(([, name]) => name)).size).toBe(all.length);
      for (const [, name] of named) expect(name).toMatch(/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/);
    }),
  );
});
