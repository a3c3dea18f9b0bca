import { recordShardOf } from '../../../lib/model/digest';
import { SHAPES } from '../../support/engines/engines';
import { sharedSize } from '../../support/engines/shared-size';

test.each(SHAPES)('$title: what sites share is the same for 24 and for 2,400 sites', (engine) => {
  const few = sharedSize(engine, 24);
  expect(few.files).toBeGreaterThan(20);
  expect(sharedSize(engine, 2400)).toEqual(few);
});

test('a shard of records has fewer than 1,000 sites of 100,000', () => {
  const shards = new Map<string, number>();
  for (let i = 0; i < 100_000; i++) {
    const shard = recordShardOf(`store-${i}`);
    shards.set(shard, (shards.get(shard) ?? 0) + 1);
  }
  expect(shards.size).toBe(256);
  expect(Math.max(...shards.values())).toBeLessThan(1000);
});
