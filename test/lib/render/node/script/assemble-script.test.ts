import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { K3S_SCRIPT } from '../../../../../lib/distributions/k3s/node/apply-script';
import { KUBEEDGE_SCRIPT } from '../../../../../lib/distributions/kubeedge/node/apply-script';
import { MICROK8S_SCRIPT } from '../../../../../lib/distributions/microk8s/node/apply-script';
import { assembleScript, scriptSteps } from '../../../../../lib/render/node/script/assemble-script';
import type { ScriptParts } from '../../../../../lib/render/node/script/script-parts';
import { SHARED_SETTINGS } from '../../../../../lib/render/node/script/settings';

/** A distribution of which nothing is known. */
const FAKEOS: ScriptParts = {
  title: 'FakeOS',
  artifacts: 'nothing',
  unit: 'fakeos',
  settings: { required: [...SHARED_SETTINGS.required, 'FAKEOS_VERSION'], optional: SHARED_SETTINGS.optional },
  releaseSetting: 'FAKEOS_VERSION',
  identityNames: ['COLOUR'],
  ownPaths: ['/etc/fakeos/*'],
  helpers: 'fakeos=$root/usr/bin/fakeos',
  hooks: {
    check_own_settings: 'check_own_settings() { needed=COLOUR; }',
    find_architecture: 'find_architecture() { :; }',
    check_tools: 'check_tools() { has "$fakeos"; }',
    compare_version: 'compare_version() { :; }',
    compare_data: 'compare_data() { :; }',
    compare_beginning: 'compare_beginning() { :; }',
    has_begun: 'has_begun() { return 1; }',
    is_healthy: 'is_healthy() { :; }',
  },
  steps: {
    look: [{ name: 'look_twice', title: 'look twice', text: 'look_twice() { :; }' }],
    install: [{ name: 'install_fakeos', title: 'install it', text: 'install_fakeos() { :; }' }],
    start: [{ name: 'start_fakeos', title: 'start it', text: 'start_fakeos() { :; }' }],
    settle: [{ name: 'settle_fakeos', title: 'settle it', text: 'settle_fakeos() { :; }' }],
  },
  options: [
    { usage: '--colour C', help: ['paint it', 'in C'], absent: 'colour=', branch: '--colour) colour=$2; shift ;;' },
  ],
  records: [['painted', 'its colour']],
};

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-scripts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what all distributions have in common names none of them', () => {
  expect(assembleScript(FAKEOS).match(/.*(k3s|microk8s|kubeedge|edgecore|rancher|snap).*/gi)).toBeNull();
});

test('own steps have their places among those of all', () => {
  const names = scriptSteps(FAKEOS).map(({ name }) => name);
  const place = (name: string): string[] => names.slice(names.indexOf(name) - 1, names.indexOf(name) + 2);
  expect(place('look_twice')).toEqual(['compare', 'look_twice', 'wait_for_clock']);
  expect(place('install_fakeos')).toEqual(['tell_readers', 'install_fakeos', 'restart_machine']);
  expect(place('start_fakeos')).toEqual(['restart_machine', 'start_fakeos', 'check_health']);
  expect(place('settle_fakeos')).toEqual(['check_health', 'settle_fakeos', 'finish']);
});

test('the head lists own options and records beside those of all', () => {
  const text = assembleScript(FAKEOS);
  expect(text).toContain('[--reboot] [--colour C]\n');
  expect(text).toMatch(/^# {3}--colour C {2,}paint it\n# {3} +in C$/m);
  expect(text).toMatch(/^# {3}painted {2,}its colour$/m);
});

describe.each([K3S_SCRIPT, MICROK8S_SCRIPT, KUBEEDGE_SCRIPT])('$title', (parts) => {
  const text = assembleScript(parts);
  const defined = [...text.matchAll(/^([a-z_0-9]+)\(\) \{/gm)].map(([, name]) => name);

  test('defines each hook and each step, and no function twice', () => {
    const wanted = [...Object.keys(parts.hooks), ...scriptSteps(parts).map(({ name }) => name)];
    expect(wanted.filter((name) => !defined.includes(name))).toEqual([]);
    expect(defined.filter((name, at) => defined.indexOf(name) !== at)).toEqual([]);
  });

  test('names its steps at its head, in the order in which it runs them', () => {
    const listed = [...text.slice(0, text.indexOf('set -eu')).matchAll(/^# {3}([a-z_0-9]+) {2,}\S/gm)].map((m) => m[1]);
    const names = scriptSteps(parts).map((step) => step.name);
    expect(listed.slice(-names.length)).toEqual(names);
    expect([...text.matchAll(/^ +step=(\w+); \1$/gm)].map((m) => m[1])).toEqual(names);
  });

  // Where a tool is missing, the test says so by its name and does not pretend.
  for (const tool of ['sh -n', 'dash -n', 'busybox sh -n', 'shellcheck -S warning -s sh']) {
    const [command = '', ...args] = tool.split(' ');
    const there = spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
    (there ? test : test.skip)(`is accepted by ${tool}`, () => {
      const script = join(folder, 'apply.sh');
      writeFileSync(script, text);
      const result = spawnSync(command, [...args, script], { encoding: 'utf8' });
      expect(result.stdout + result.stderr).toBe('');
    });
  }
});
