import { expectEqualByMeaning, fromLocal } from '../../support/engines/compare';
import { LOCAL_CASE, PULLING } from '../../support/engines/engines';
import { grocerWith } from '../../support/engines/grocer-with';

test('whatever sites say of themselves, all engines make the same of it, wherever they find it', () => {
  expectEqualByMeaning(PULLING, 100);
}, 600_000);

describe('the grocer, switched by one line', () => {
  const local = grocerWith(LOCAL_CASE.delivery);

  test.each(PULLING)('$title: all sites end up with the objects of local delivery', (engine) => {
    expect(fromLocal(engine, grocerWith(engine.delivery).files, local).slice(0, 3)).toEqual([]);
  });
});
