import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOX, depotStick, K3S_MANIFESTS, made, storeStick } from './make-sticks';
import { killedRuns, makeMachine } from './stick-machine';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-killed-install-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const every = (commands: number) => Array.from({ length: commands }, (_, index) => index + 1);
let count = 0;
function machineOf(files: Readonly<Record<string, string>>): string {
  count += 1;
  return makeMachine(join(folder, `machine-${count}`), files);
}

test.each([
  ['K3s', storeStick, [], { ...BOX, [`${K3S_MANIFESTS}/pos.yaml`]: made('older') }],
  ['MicroK8s', depotStick, ['depot-1'], {}],
] as const)(
  'killed at any command, the next run of install.sh on %s comes to the same end',
  async (_title, stick, args, files) => {
    const { failures, kills } = await killedRuns({
      machine: () => machineOf(files),
      stick: stick(folder),
      args,
      at: every,
    });
    expect(failures).toEqual([]);
    expect(kills).toBeGreaterThan(15);
  },
  300_000,
);
