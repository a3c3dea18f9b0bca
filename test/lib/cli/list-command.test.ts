import { Wave } from 'edgecdk';
import { addListCommand } from '../../../lib/cli/list-command';
import { row, smallFleet } from '../../support/small-fleet';
import { runCommand } from './run-command';

let hasWaves = false;
jest.mock('../../../lib/cli/load-program', () => ({
  ...jest.requireActual('../../../lib/cli/load-program'),
  loadProgram: async () => {
    const rows = [row('store-1', { format: 'super' }), row('store-2'), row('store-3')];
    const { fleet } = smallFleet(rows);
    if (hasWaves) {
      Wave.where(fleet, 'pilot', { values: { format: 'super' } });
      Wave.rest(fleet, 'all');
    }
    return fleet;
  },
}));

const list = (...args: string[]) => runCommand(addListCommand, 'list', __filename, ...args);

describe('of a fleet with waves', () => {
  beforeEach(() => {
    hasWaves = true;
  });

  test('the table has the wave of each site, and below it how many sites each has', async () => {
    const { code, stdout, stderr } = await list();
    expect(stdout.replace(/ +/g, ' ').split('\n').slice(0, 3)).toEqual([
      'site state wave distribution profile workloads',
      expect.stringMatching(/^store-1 active pilot k3s /),
      expect.stringMatching(/^store-2 active all k3s /),
    ]);
    expect(stderr).toBe('3 sites of 3; by wave: pilot 1, all 2\n');
    expect(code).toBe(0);
  });

  test('a filter leaves the sites of one wave', async () => {
    const { stdout, stderr } = await list('--wave', 'all', '--json');
    expect(JSON.parse(stdout)).toMatchObject([
      { name: 'store-2', wave: 'all' },
      { name: 'store-3', wave: 'all' },
    ]);
    expect(stderr).toBe('');
  });

  test('what fits no site says which waves there are', async () => {
    const { code, stderr } = await list('--wave', 'canary');
    expect(stderr).toMatch(/no site fits; .*; waves: pilot, all\n$/);
    expect(code).toBe(1);
  });
});

test('of a fleet without waves nothing speaks of them', async () => {
  hasWaves = false;
  const [table, json, none] = [await list(), await list('--json'), await list('--site', 'x')];
  expect([table, json, none].map(({ stdout, stderr }) => stdout + stderr).join('')).not.toMatch(/wave/);
});
