import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { put } from '../../../render/node/script-machine';
import { apply, lockedFor, makeVan, type Van, writeVan } from './scratch-van';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command that kills the run, as a power cut would, when it is called for the given time; what it should have done is not done. */
function killing(van: Van, command: string, at: number): void {
  const text = `#!/bin/sh
n=$(cat "$EDGECDK_ROOT/sim/n-${command}" 2> /dev/null || echo 0)
n=$((n + 1))
echo "$n" > "$EDGECDK_ROOT/sim/n-${command}"
if [ "$n" = ${at} ]; then kill -9 "$PPID"; exit 1; fi
exec /usr/bin/${command} "$@"
`;
  put(join(van.bin, command), text, 0o755);
}

const LASTING = [
  'usr/local/bin/edgecore',
  'usr/local/bin/keadm',
  'opt/cni/bin/bridge',
  'etc/kubeedge/certs/server.crt',
];

// Busybox is not tried: it has these commands within itself.
test.each([
  ['mv', 1],
  ['mv', 6],
  ['mv', 20],
  ['mv', 33],
  ['mv', 36],
  ['mv', 40],
  ['cp', 3],
  ['cp', 20],
  ['tar', 1],
  ['tar', 3],
])('a run that is killed at %s number %i ends as any other when it is run again', (command, at) => {
  const van = makeVan(join(folder, 'van'));
  const script = writeVan(van, lockedFor(van));
  killing(van, command, at);
  const first = apply(van, script, 'dash');
  const calls = Number(readFileSync(join(van.root, `sim/n-${command}`), 'utf8'));
  // Otherwise the number is too high, and the test shows nothing.
  // What is killed is the run, or what systemd runs before edgecore.
  expect([calls, [null, 75].includes(first.code)]).toEqual([at, true]);
  expect(apply(van, script, 'dash')).toEqual({ code: 0, log: expect.stringContaining('done:') });
  for (const path of LASTING) expect([path, existsSync(join(van.root, path))]).toEqual([path, true]);
  expect(existsSync(join(van.root, 'var/lib/edgecdk/unpacked'))).toBe(false);
});
