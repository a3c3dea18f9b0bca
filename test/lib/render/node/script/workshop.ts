import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SINGLE_SERVER } from './sample-payloads';
import { converge, copyNode, type Files, makeNode, type Payload, type ScratchNode, writePayload } from './scratch-node';
import { writeStubs } from './stub-commands';

/** The shells that machines have, as far as they are here. */
export const SHELLS = ['dash', 'busybox sh'].filter((shell) => {
  const [command = '', ...args] = shell.split(' ');
  return spawnSync(command, [...args, '-c', 'exit 0']).status === 0;
});

/** A folder with a machine that is new and one that runs, for the tests of one file; gone when they are done. */
export interface Workshop {
  readonly folder: string;
  readonly stubs: string;
  /** As it comes out of its box. */
  readonly fresh: ScratchNode;
  /** Converged to `SINGLE_SERVER`. */
  readonly running: ScratchNode;
  copyOf(node: ScratchNode): ScratchNode;
  /** Writes tree and identity, and returns the path of `apply.sh`. */
  payload(content: Payload): string;
}

export function workshop(name: string): Workshop {
  const folder = mkdtempSync(join(tmpdir(), `edgecdk-${name}-`));
  const stubs = join(folder, 'stubs');
  const shop = { folder, stubs };
  const node = (place: string): ScratchNode => ({
    ...shop,
    root: join(folder, place),
    shared: join(folder, place, 'sim/shared'),
  });
  let count = 0;
  const next = (what: string): string => {
    count += 1;
    return join(folder, `${what}-${count}`);
  };
  const payload = (content: Payload): string => writePayload(next('payload'), content);
  beforeAll(async () => {
    writeStubs(stubs);
    makeNode(join(folder, 'fresh'), stubs);
    await converge(makeNode(join(folder, 'running'), stubs), payload(SINGLE_SERVER));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    ...shop,
    fresh: node('fresh'),
    running: node('running'),
    copyOf: (original) => copyNode(original, next('node')),
    payload,
  };
}

export function withFiles(files: Files, from: Payload = SINGLE_SERVER): Payload {
  return { ...from, files: { ...from.files, ...files } };
}

export function withSettings(settings: Payload['settings'], from: Payload = SINGLE_SERVER): Payload {
  return { ...from, settings: { ...from.settings, ...settings } };
}
