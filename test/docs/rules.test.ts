import { DISTRIBUTION_RULES } from '../../lib/catalog/distribution-rules';
import { CAPACITY } from '../../lib/check/ledger/shortage';
import { OFFLINE_IMAGES } from '../../lib/check/offline-images';
import { builtInIds } from '../../lib/check/rules/all-rules';
import { DISABLED_COMPONENT } from '../../lib/check/rules/disabled-component';
import { readDoc, tablesWith } from './markdown';

test('docs/concepts.md says of each finding that can be acknowledged what it is', () => {
  const rows = tablesWith(['rule', 'finds'], readDoc('concepts.md')).flat();
  const ids = [...builtInIds, CAPACITY, DISABLED_COMPONENT, OFFLINE_IMAGES, ...Object.values(DISTRIBUTION_RULES)];
  expect(rows.map(([id = '']) => id.replaceAll('`', '')).sort()).toEqual([...ids].sort());
});
