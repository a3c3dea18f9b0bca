import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cachedFile } from '../../../lib/artifacts/cache';
import { download } from '../../../lib/artifacts/download';
import type { Patience } from '../../../lib/artifacts/get';
import { type Loopback, lockedFile, loopback, serving } from '../../support/loopback';

const version = 'v1.33.5+k3s1';
const text = 'The binary of K3s. '.repeat(1000);
const patience: Patience = { silenceMs: 300, tries: 3, pauseMs: 1 };
let cache: string;
let server: Loopback;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'edgecdk-test-'));
});
afterEach(async () => {
  await server.close();
  rmSync(cache, { recursive: true, force: true });
});

/** A server whose first answers are those that are given, and whose others are right. */
async function start(...first: readonly ((request: IncomingMessage, response: ServerResponse) => void)[]) {
  const left = [...first];
  const right = serving({ '/k3s': text });
  server = await loopback((request, response) => (left.shift() ?? right)(request, response));
  const file = lockedFile(server.url, 'k3s', text);
  return { target: target(), file, patience };
}

const target = () => cachedFile(cache, 'k3s', version, 'k3s');
const part = () => `${target()}.edgecdk-tmp`;

function put(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** Sends half of what it promises. */
function breaksOff(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-length': text.length }).write(text.slice(0, 9000));
  setTimeout(() => response.destroy(), 20);
}

function whole(): void {
  expect(readFileSync(target(), 'utf8')).toBe(text);
  expect(readdirSync(dirname(target()))).toEqual(['k3s']);
}

test('a file comes to <cache>/k3s/<version>/<file>, with its progress', async () => {
  const shown: unknown[] = [];
  const request = await start();
  expect(await download({ ...request, onProgress: (...progress) => shown.push(progress) })).toBe('fetched');
  expect(target()).toBe(join(cache, 'k3s/v1.33.5+k3s1/k3s'));
  whole();
  expect(shown.at(-1)).toEqual([text.length, text.length]);
});

test('what is there and right is not asked for', async () => {
  const request = await start();
  put(target(), text);
  const { mtimeMs } = statSync(target());
  expect(await download(request)).toBe('there');
  expect(server.requests).toEqual([]);
  expect(statSync(target()).mtimeMs).toBe(mtimeMs);
});

test('what is there and damaged comes again', async () => {
  const request = await start();
  put(target(), text.replace('K', 'k'));
  expect(await download(request)).toBe('fetched');
  whole();
});

test('a download that breaks off goes on where it ended', async () => {
  const request = await start(breaksOff);
  expect(await download(request)).toBe('fetched');
  expect(server.requests).toEqual(['/k3s', '/k3s bytes=9000-']);
  whole();
});

test('a download that breaks off again and again leaves what came, for the next run', async () => {
  const request = await start(breaksOff);
  await expect(download({ ...request, patience: { ...patience, tries: 1 } })).rejects.toThrow(
    /the connection broke off/,
  );
  expect(existsSync(target())).toBe(false);
  expect(readFileSync(part(), 'utf8')).toBe(text.slice(0, 9000));
  expect(await download(request)).toBe('fetched');
  expect(server.requests).toEqual(['/k3s', '/k3s bytes=9000-']);
  whole();
});

test('a server that falls silent is given up, and asked for the rest', async () => {
  const request = await start((_request, response) => response.writeHead(200).write(text.slice(0, 5000)));
  expect(await download(request)).toBe('fetched');
  expect(server.requests).toEqual(['/k3s', '/k3s bytes=5000-']);
  whole();
});

test('a server that knows no ranges sends all of it again', async () => {
  const request = await start((_request, response) => response.end(text));
  put(part(), text.slice(0, 100));
  expect(await download(request)).toBe('fetched');
  expect(server.requests).toEqual(['/k3s bytes=100-']);
  whole();
});

test.each<[string, string]>([
  ['begins otherwise', `x${text.slice(1, 100)}`],
  ['is longer than the file', `${text}x`],
])('a beginning that %s is thrown away', async (_what, begun) => {
  const request = await start();
  put(part(), begun);
  expect(await download(request)).toBe('fetched');
  expect(server.requests).toEqual([`/k3s bytes=${begun.length}-`, '/k3s']);
  whole();
});

test('a server that goes on at another place is not believed', async () => {
  const request = await start((_request, response) =>
    response.writeHead(206, { 'content-range': `bytes 0-99/${text.length}` }).end(text.slice(0, 100)),
  );
  put(part(), text.slice(0, 100));
  expect(await download(request)).toBe('fetched');
  expect(server.requests).toEqual(['/k3s bytes=100-', '/k3s']);
  whole();
});

test('a run that was killed right before the rename asks for nothing', async () => {
  const request = await start();
  put(part(), text);
  expect(await download(request)).toBe('fetched');
  expect(server.requests).toEqual([]);
  whole();
});

test.each<[string, string]>([
  ['another content', 'evil'],
  ['a content that ends early without a word', text.slice(0, 100)],
])('%s is an error, and nothing of it stays', async (_what, content) => {
  const request = await start((_request, response) => response.end(content));
  await expect(download(request)).rejects.toThrow(
    /\/k3s has the checksum [0-9a-f]{64}, and the lock has [0-9a-f]{64}: it was changed or damaged on the way$/,
  );
  expect(readdirSync(dirname(target()))).toEqual([]);
  expect(server.requests).toEqual(['/k3s']);
});

test('a file that is not there is an error, once', async () => {
  const request = await start((_request, response) => response.writeHead(404).end());
  await expect(download(request)).rejects.toThrow(/\/k3s answers with status 404$/);
  expect(server.requests).toHaveLength(1);
});
