import { readFacts } from '../../../../lib/resolve/inventory/facts';

const read = (cells: Readonly<Record<string, unknown>>, isText = true) => readFacts(cells, isText, new Map());

describe('facts of a site', () => {
  test.each([[{}], [{ latitude: null, longitude: undefined, timeZone: null, state: null }]])(
    'that are absent have defaults: %j',
    (cells) => {
      expect(read(cells)).toEqual({ facts: { timeZone: 'UTC', state: 'active', clusterGeneration: 0 }, problems: [] });
    },
  );

  test.each([
    ['47.3700', 47.37],
    ['-90', -90],
    ['+90.0', 90],
    ['.5', 0.5],
    ['0', 0],
  ])('take latitude from the text %s', (text, latitude) => {
    expect(read({ latitude: text })).toEqual({
      facts: { latitude, timeZone: 'UTC', state: 'active', clusterGeneration: 0 },
      problems: [],
    });
  });

  test.each([
    ['latitude', '90.1', true, 'latitude must be a number of degrees, -90 to 90 (found "90.1")'],
    ['latitude', '47,37', true, 'latitude must be a number of degrees, -90 to 90 (found "47,37"); write 47.37'],
    ['latitude', '1e1', true, 'latitude must be a number of degrees, -90 to 90 (found "1e1")'],
    ['latitude', 'NaN', true, 'latitude must be a number of degrees, -90 to 90 (found "NaN")'],
    ['latitude', Number.NaN, false, 'latitude must be a number of degrees, -90 to 90 (found NaN)'],
    ['longitude', '-180.5', true, 'longitude must be a number of degrees, -180 to 180 (found "-180.5")'],
    [
      'longitude',
      '8.5',
      false,
      'longitude must be a number of degrees, -180 to 180 (found "8.5"); write 8.5 without quotes',
    ],
    [
      'timeZone',
      'Europe/Zurrich',
      true,
      'timeZone must be an IANA name such as Europe/Lisbon (found "Europe/Zurrich"); did you mean "Europe/Zurich"?',
    ],
    [
      'timeZone',
      'europe/zurich',
      true,
      'timeZone must be an IANA name such as Europe/Lisbon (found "europe/zurich"); write Europe/Zurich',
    ],
    ['timeZone', '+01:00', true, 'timeZone must be an IANA name such as Europe/Lisbon (found "+01:00")'],
    ['timeZone', '', false, 'timeZone must be an IANA name such as Europe/Lisbon (found "")'],
    ['timeZone', 1, false, 'timeZone must be text (found 1), such as Europe/Lisbon'],
    ['state', 'open', true, 'state must be one of planned, active, paused, closing, closed (found "open")'],
    ['state', 'Active', true, 'state must be one of planned, active, paused, closing, closed (found "Active")'],
    ['state', true, false, 'state must be one of planned, active, paused, closing, closed (found true)'],
  ])('refuse %s %j', (name, cell, isText, message) => {
    expect(read({ [name]: cell }, isText).problems).toEqual([{ name, message }]);
  });

  test.each(['planned', 'active', 'paused', 'closing', 'closed'])('take the state %s', (state) => {
    expect(read({ state })).toEqual({
      facts: { timeZone: 'UTC', state, clusterGeneration: 0 },
      problems: [],
    });
  });

  test.each(['UTC', 'Europe/Lisbon', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires'])(
    'keep the zone %s as it is written',
    (timeZone) => {
      expect(read({ timeZone })).toEqual({ facts: { timeZone, state: 'active', clusterGeneration: 0 }, problems: [] });
    },
  );

  test('are all told when all are wrong', () => {
    const { problems } = read({ latitude: 'x', longitude: 'x', timeZone: 'x', state: 'x' });
    expect(problems.map((p) => p.name)).toEqual(['latitude', 'longitude', 'timeZone', 'state']);
  });
});
