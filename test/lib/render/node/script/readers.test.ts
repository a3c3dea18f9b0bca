import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf } from './kill-sweep';
import { type Files, run, type ScratchNode } from './scratch-node';
import { SHELLS, withFiles, workshop } from './workshop';

const { folder, running, copyOf, payload } = workshop('readers');

const live = (text: string): readonly [string, 'live', string] => [text, 'live', '0644'];
const READ: Files = {
  '/etc/chrony/conf.d/50-edgecdk.conf': live('server a iburst\n'),
  '/etc/chrony.d/50-edgecdk.conf': live('server a iburst\n'),
  '/etc/modules-load.d/edgecdk.conf': live('overlay\n'),
  '/etc/sysctl.d/90-edgecdk.conf': live('kernel.panic=10\n'),
  '/etc/systemd/journald.conf.d/50-edgecdk.conf': live('[Journal]\n'),
  '/etc/systemd/system/edgecdk-backup.timer': live('[Timer]\n'),
  '/etc/systemd/system/edgecdk-quiet-hour.timer': live('[Timer]\n'),
  '/etc/systemd/system/edgecdk-quiet-hour.timer.d/50-site.conf': live('[Timer]\n'),
  '/etc/systemd/timesyncd.conf.d/50-edgecdk.conf': live('[Time]\n'),
};

/** What systemd was told since the machine was made. */
function told(node: ScratchNode): string[] {
  return linesOf(node, 'sim/told').slice(linesOf(running, 'sim/told').length);
}

test('systemd hears of the unit of K3s before K3s is started for the first time', () => {
  expect(linesOf(running, 'sim/told')).toEqual(['daemon-reload']);
});

describe.each(SHELLS)('in %s', (shell) => {
  test('who reads a file that changes reads it again, once, units first, and K3s is left alone', async () => {
    const node = copyOf(running);
    expect((await run(node, payload(withFiles(READ)), { shell })).code).toBe(0);
    expect(told(node)).toEqual([
      'daemon-reload',
      'restart chronyd.service',
      'restart edgecdk-backup.timer',
      'restart edgecdk-quiet-hour.timer',
      'restart systemd-journald.service',
      'restart systemd-modules-load.service',
      'restart systemd-sysctl.service',
      'restart systemd-timesyncd.service',
    ]);
    expect(linesOf(node, 'sim/log')).toEqual(linesOf(running, 'sim/log'));
    expect((await run(node, payload(withFiles(READ)), { shell })).code).toBe(0);
    expect(told(node)).toHaveLength(8);
  });

  test('a timer that leaves is stopped, one that gets another hour is armed again, and a plain file tells nobody', async () => {
    const node = copyOf(running);
    await run(node, payload(withFiles(READ)), { shell });
    const before = told(node).length;
    const { '/etc/systemd/system/edgecdk-backup.timer': _gone, ...files } = READ;
    const after = {
      ...files,
      '/etc/motd.d/10-edgecdk': live('another text\n'),
      '/etc/systemd/system/edgecdk-quiet-hour.timer.d/50-site.conf': live('[Timer]\nOnCalendar=\n'),
    };
    expect((await run(node, payload(withFiles(after)), { shell })).code).toBe(0);
    expect(told(node).slice(before)).toEqual([
      'daemon-reload',
      'stop edgecdk-backup.timer',
      'restart edgecdk-quiet-hour.timer',
    ]);
  });
});

test('a reader that does not restart is no reason to go without K3s', async () => {
  const node = copyOf(running);
  const tools = join(folder, 'broken');
  mkdirSync(tools);
  const systemctl = `#!/bin/sh\ncase "$*" in *journald*) exit 1 ;; esac\nexec ${node.stubs}/systemctl "$@"\n`;
  writeFileSync(join(tools, 'systemctl'), systemctl, { mode: 0o755 });
  const env = { PATH: `${tools}:${node.stubs}:/usr/bin:/bin` };
  const result = await run(node, payload(withFiles(READ)), { env });
  expect(result.code).toBe(0);
  expect(result.log).toContain('systemd-journald.service did not restart');
});
