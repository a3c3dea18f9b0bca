import { join } from 'node:path';
import { SynthError } from '../../../lib/model/problem';
import { withFiles } from '../../support/with-files';
import { type Described, type DescribedSite, writeTo } from '../../support/write-fixture';

const web: Described['workloads'] = { web: [{ name: 'web', text: 'web\n' }] };

/** What is said to a fleet of some sites that loses the first few; those that were closed count as said. */
function said(count: number, lost: number, closed = 0): 'nothing' | 'warning' | 'error' {
  const sites = Array.from({ length: count }, (_, i): DescribedSite => ({ name: `s-${String(i).padStart(4, '0')}` }));
  return withFiles({}, (folder) => {
    const outDir = join(folder, 'dist');
    writeTo(outDir, { sites, workloads: web });
    const left = sites.flatMap((site, i) => {
      if (i < closed) return [{ ...site, state: 'closed' as const }];
      return i < lost ? [] : [site];
    });
    try {
      const { warnings } = writeTo(outDir, { sites: left, workloads: web });
      return warnings.length > 0 ? 'warning' : 'nothing';
    } catch (e) {
      if (e instanceof SynthError) return 'error';
      throw e;
    }
  });
}

test.each<[number, number, number, ReturnType<typeof said>]>([
  [40, 0, 0, 'nothing'],
  [40, 1, 0, 'warning'],
  [40, 2, 0, 'warning'],
  [40, 3, 0, 'error'],
  [40, 3, 1, 'warning'],
  [40, 9, 9, 'nothing'],
  [299, 3, 0, 'error'],
  [300, 3, 0, 'warning'],
  [300, 4, 0, 'error'],
  [1, 1, 0, 'warning'],
  [2, 1, 0, 'error'],
  [2, 1, 1, 'nothing'],
])('of %i sites %i go, of which %i were closed: %s', (count, lost, closed, expected) => {
  expect(said(count, lost, closed)).toBe(expected);
});
