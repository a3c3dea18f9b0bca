import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  chronyReads,
  type Debian,
  furnish,
  readers,
  shellcheck,
  shellSyntax,
  sysctlReads,
  systemdKnows,
  systemdReads,
  systemdVerify,
} from '../tools/debian';
import { layOut, type Machine, scratch } from './machine';

type Files = Readonly<Record<string, string>>;

/** What Debian's programs have to say about the files of a machine, as `path: what`; empty where each is as its reader wants it. */
export function complaints(debian: Debian, { files }: Machine): string[] {
  return CHECKS.flatMap(({ takes, check }) => {
    const own = Object.entries(files).filter(([path, text]) => takes(path, text));
    return own.length === 0 ? [] : once(debian, check, Object.fromEntries(own));
  });
}

/** Which files of a machine no program looks at; to be known, not to be wrong. */
export function unread({ files }: Machine): string[] {
  const entries = Object.entries(files).filter(([path, text]) => !CHECKS.some(({ takes }) => takes(path, text)));
  return entries.map(([path]) => path).sort();
}

interface Check {
  readonly takes: (path: string, text: string) => boolean;
  /** All files of a machine that it takes, at least one. */
  readonly check: (debian: Debian, files: Files) => string[];
}

/** Most machines of a fleet share most files, and the programs give one answer to one text. */
const answers = new Map<string, string[]>();
function once(debian: Debian, check: Check['check'], files: Files): string[] {
  const key = JSON.stringify([debian.release, check.name, Object.entries(files).sort()]);
  const known = answers.get(key);
  if (known) return known;
  const answer = check(debian, files);
  answers.set(key, answer);
  return answer;
}

function eachAlone(check: Check['check']): Check['check'] {
  const alone = (debian: Debian, files: Files) =>
    Object.entries(files).flatMap(([path, text]) => once(debian, check, { [path]: text }));
  Object.defineProperty(alone, 'name', { value: `each ${check.name}` });
  return alone;
}

const within = (folder: string, ending: string) => (path: string) => path.startsWith(folder) && path.endsWith(ending);

const CHECKS: readonly Check[] = [
  { takes: (path, text) => text.startsWith('#!') || path.endsWith('.sh'), check: eachAlone(scripts) },
  { takes: (path) => path.startsWith('/etc/systemd/system/'), check: units },
  { takes: within('/etc/systemd/journald.conf.d/', '.conf'), check: eachAlone(journald) },
  { takes: within('/etc/systemd/timesyncd.conf.d/', '.conf'), check: eachAlone(timesyncd) },
  { takes: within('/etc/sysctl.d/', '.conf'), check: eachAlone(sysctl) },
  { takes: (path) => /^\/etc\/chrony(\/conf)?\.d\//.test(path), check: eachAlone(chrony) },
  { takes: within('/etc/ufw/applications.d/', ''), check: eachAlone(ufw) },
  { takes: within('/etc/firewalld/services/', '.xml'), check: eachAlone(firewalld) },
];

function scripts(debian: Debian, files: Files): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const shell = text.startsWith('#!/bin/sh\n') ? '' : `begins with ${JSON.stringify(text.split('\n')[0])}`;
    return said(path, shell, shellSyntax(debian, text), shellcheck(debian, text));
  });
}

/** All units of a machine at once, among those that Debian brings: what they name must be there, and no order may go in a circle. */
function units(debian: Debian, files: Files): string[] {
  const root = layOut(scratch(), files);
  furnish(debian, root);
  const names = Object.keys(files).map((path) => (path.split('/')[4] ?? '').replace(/\.d$/, ''));
  const text = systemdVerify(debian, [...new Set([...names, ...BOOT])].sort(), root).replaceAll(root, '');
  const lines = text.split('\n').filter((line) => line !== '' && !knownLater(debian, line));
  // What has no name that systemd looks for is read by nobody, so that nobody complains.
  const odd = Object.keys(files).filter(
    (path) => !/^\/etc\/systemd\/system\/[^/]+\.[a-z]+(\.d\/[^/]+\.conf)?$/.test(path),
  );
  const missing = Object.entries(files).flatMap(([path, unit]) =>
    unitsIn(unit)
      .filter((name) => !existsSync(join(root, UNITS, name)) && !existsSync(join(root, 'etc/systemd/system', name)))
      .map((name) => `${path}: nobody has the unit ${name}`),
  );
  return [
    ...lines.map((line) => `units: ${line}`),
    ...odd.map((path) => `${path}: neither a unit nor a drop-in`),
    ...missing,
  ];
}

/** What else starts with the machine. */
const BOOT = ['cloud-config.service', 'cloud-final.service', 'cloud-init.target', 'multi-user.target'];
const UNITS = 'usr/lib/systemd/system';

/** Units that a unit names. systemd takes those that nobody has for absent, and says nothing. */
function unitsIn(text: string): string[] {
  const lines = [...text.matchAll(/^(?:Wants|Requires|After|Before|BindsTo|PartOf|WantedBy|Unit)=(.*)$/gm)];
  return lines.flatMap(([, names]) => (names ?? '').split(' ')).filter((name) => name !== '');
}

/** Settings of a growing pause, known from systemd 254 on; earlier ones pass over them, and the pause stays as it is. */
function knownLater({ release }: Debian, line: string): boolean {
  return (
    release === 'bookworm' && /Unknown key '?(RestartSteps|RestartMaxDelaySec|ImportCredential)'? in section/.test(line)
  );
}

function journald(debian: Debian, files: Files): string[] {
  return settingsOf(debian, files, 'usr/lib/systemd/systemd-journald');
}

function timesyncd(debian: Debian, files: Files): string[] {
  return settingsOf(debian, files, 'usr/lib/systemd/systemd-timesyncd');
}

/** These programs only log what they do not know, once they run: so each name is looked up in their own tables, and times are read by systemd. */
function settingsOf(debian: Debian, files: Files, program: string): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    let section = '';
    return text.split('\n').flatMap((line) => {
      if (line === '' || line.startsWith('#')) return [];
      const head = /^\[(\w+)\]$/.exec(line)?.[1];
      if (head !== undefined) section = head;
      if (head !== undefined) return [];
      const [name = '', value = ''] = line.split(/=(.*)/);
      const known = systemdKnows(debian, program, `${section}.${name}`) ? '' : `unknown setting ${section}.${name}`;
      return said(path, known, name.endsWith('Sec') ? systemdReads(debian, 'timespan', value) : '');
    });
  });
}

function sysctl(debian: Debian, files: Files): string[] {
  const root = layOut(scratch(), files);
  return Object.keys(files).flatMap((path) => {
    const { code, said: text } = sysctlReads(debian, join(root, path));
    return said(path, code === 0 ? '' : text);
  });
}

function chrony(debian: Debian, files: Files): string[] {
  const root = layOut(scratch(), files);
  return Object.keys(files).flatMap((path) => {
    const { code, said: text } = chronyReads(debian, join(root, path));
    return said(path, code === 0 ? '' : text);
  });
}

function ufw(debian: Debian, files: Files): string[] {
  const root = layOut(scratch(), files);
  return Object.entries(files).flatMap(([path, text]) => {
    const [found] = readers<Record<string, string[]>>(debian, [{ job: 'ufw', folder: join(root, path, '..') }]);
    const ports = Object.values(found?.value ?? {}).flat();
    // ufw passes over a profile without a word where it has no ports or no title.
    const missing = portsIn(text).filter((port) => !ports.some((one) => one.split(',').includes(port) || one === port));
    return said(path, found?.said ?? '', ports.length === 0 ? 'ufw finds no ports' : '', missing.join(' '));
  });
}

/** Ports of a profile, each as ufw prints it. */
function portsIn(text: string): string[] {
  return (/^ports=(.*)$/m.exec(text)?.[1] ?? '').split('|').filter((port) => port !== '');
}

function firewalld(debian: Debian, files: Files): string[] {
  const root = layOut(scratch(), files);
  return Object.entries(files).flatMap(([path, text]) => {
    const [found] = readers<string[] | null>(debian, [{ job: 'firewalld', file: join(root, path) }]);
    const written = (text.match(/<port /g) ?? []).length;
    const read = found?.value?.length ?? 0;
    return said(
      path,
      found?.said ?? '',
      written === read && read > 0 ? '' : `firewalld reads ${read} of ${written} ports`,
    );
  });
}

function said(path: string, ...texts: readonly string[]): string[] {
  return texts.filter((text) => text !== '').map((text) => `${path}: ${text.replaceAll(/\S+\/root\/usr\/bin\//g, '')}`);
}
