import { expectEqualByMeaning } from '../../support/engines/compare';
import { PULLING } from '../../support/engines/engines';

test('whatever sites say of themselves, all engines make the same of it, wherever they find it', () => {
  expectEqualByMeaning(PULLING, 100);
}, 600_000);
