import { PULLING } from '../../support/engines/engines';
import { sharedSize } from '../../support/engines/shared-size';

test.each(PULLING)(
  '$title: number and bytes of what sites share are the same for 240 and for 24,000 sites',
  (engine) => {
    expect(sharedSize(engine, 24_000)).toEqual(sharedSize(engine, 240));
  },
  300_000,
);
