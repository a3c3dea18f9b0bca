import { join } from 'node:path';
import { k3sApplyScript } from '../../lib/distributions/k3s/node/apply-script';
import { BOOT_SCRIPT } from '../../lib/render/node/boot-script';
import { programOf } from '../structure/program';
import { root, sources } from '../structure/sources';
import { filesIn, readDoc, tablesWith } from './markdown';
import { ownerOf, stepsOf } from './steps';

const programs = ['nodes.md', 'runbooks/move-a-channel.md', 'runbooks/open-a-van.md'];

const runbooks = [
  'move-a-channel',
  'open-a-van',
  'open-a-site',
  'replace-a-server',
  'replace-an-agent',
  'restore-a-site',
  'rotate-a-token',
  'add-a-secret',
  'air-gap',
];

const said = [
  k3sApplyScript(),
  BOOT_SCRIPT,
  ...sources.filter(({ file }) => file.startsWith('lib/')).map(({ text }) => text),
];

/** Messages of ours in the tables of what can go wrong, each in its constant parts. */
function messagesOf(runbook: string): string[][] {
  return tablesWith(['it says', 'so'], readDoc(`runbooks/${runbook}.md`))
    .flat()
    .map(([cell = '']) => cell)
    .filter((cell) => !cell.endsWith('(K3s)'))
    .map((cell) => cell.replace(/^`|`$/g, '').split('...'));
}

test.each(runbooks)('%s says what can go wrong in the words that are said', (runbook) => {
  const messages = messagesOf(runbook);
  expect(messages.length).toBeGreaterThan(1);
  const unsaid = messages.filter((parts) => !said.some((text) => parts.every((part) => text.includes(part))));
  expect(unsaid).toEqual([]);
});

test.each(runbooks)('every command of %s is of somebody whom the tests know', (runbook) => {
  const commands = stepsOf(`runbooks/${runbook}.md`).flatMap((step) => step.commands);
  expect(commands.filter((command) => ownerOf(command) === 'edgecdk').length).toBeGreaterThan(0);
});

test.each(['kubetcl get nodes', 'sudo reboot', 'edgecd synth'])(
  'the command %s, which no test knows, fails one',
  (command) => {
    expect(() => ownerOf(command)).toThrow(/no test knows the command/);
  },
);

test.each(programs)('the program in docs/%s compiles', (name) => {
  const file = join(root, 'test/docs/virtual/fleet.ts');
  const program = programOf([], new Map([[file, filesIn(readDoc(name))['fleet.ts'] ?? '']]));
  const source = program.getSourceFile(file);
  expect(source?.text).toContain('new Fleet(');
  expect([...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]).toEqual([]);
});

test('the options of apply.sh in the texts are those that it has', () => {
  const texts = [readDoc('nodes.md'), ...runbooks.map((name) => readDoc(`runbooks/${name}.md`))];
  const options = texts
    .flatMap((text) => text.match(/apply\.sh[^`\n]*/g) ?? [])
    .flatMap((line) => line.match(/--[a-z]+/g) ?? []);
  expect(options.length).toBeGreaterThan(2);
  expect(options.filter((option) => !new RegExp(`\\s${option}\\)`).test(k3sApplyScript()))).toEqual([]);
});
