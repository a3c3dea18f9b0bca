import { getText, type Patience, TransferError } from '../../../lib/artifacts/get';
import { type Loopback, loopback } from '../../support/loopback';

const patience: Patience = { silenceMs: 300, tries: 3, pauseMs: 1 };
let server: Loopback | undefined;

async function serve(...args: Parameters<typeof loopback>): Promise<Loopback> {
  server = await loopback(...args);
  return server;
}

afterEach(async () => {
  await server?.close();
  server = undefined;
  jest.restoreAllMocks();
});

async function failure(url: string, waits = patience): Promise<TransferError> {
  const result = await getText(url, waits).catch((e: unknown) => e);
  if (result instanceof TransferError) return result;
  throw new Error(`no TransferError but ${result}`);
}

test('redirects are followed, relative ones too', async () => {
  const { url, requests } = await serve((request, response) => {
    if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
    else if (request.url === '/b') response.writeHead(307, { location: `http://${request.headers.host}/c` }).end();
    else response.end('text');
  });
  // Nothing is slow here but, now and then, the machine.
  expect(await getText(`${url}/a`, { ...patience, silenceMs: 20_000 })).toBe('text');
  expect(requests).toEqual(['/a', '/b', '/c']);
});

test.each([
  ['file:///etc/passwd', /leads to "file:\/\/\/etc\/passwd", which is no http or https URL$/],
  ['/again', /leads on and on, more than 10 times$/],
])('a redirect to %s is not', async (location, message) => {
  const { url } = await serve((_request, response) => response.writeHead(302, { location }).end());
  expect((await failure(`${url}/a`)).message).toMatch(message);
});

test('a redirect from https to http is not', async () => {
  const answer = () =>
    Promise.resolve(new Response(null, { status: 302, headers: { location: 'http://b.example/x' } }));
  const fetched = jest.spyOn(globalThis, 'fetch').mockImplementation(answer);
  expect((await failure('https://a.example/x')).message).toBe(
    'https://a.example/x leads from https to http://b.example, where anyone on the way can change it',
  );
  expect(fetched).toHaveBeenCalledTimes(1);
});

test.each([
  [503, 3],
  [429, 3],
  [404, 1],
  [403, 1],
])('a server that answers %i is asked %i times', async (status, times) => {
  const { url, requests } = await serve((_request, response) => response.writeHead(status).end('no'));
  expect(await failure(`${url}/x`)).toMatchObject({ status, message: `${url}/x answers with status ${status}` });
  expect(requests).toHaveLength(times);
});

test('bytes are asked for as they are stored, since checksums and ranges are of those', async () => {
  const { url } = await serve((request, response) => response.end(String(request.headers['accept-encoding'])));
  expect(await getText(url, patience)).toBe('identity');
});

test('a server that comes to itself is believed', async () => {
  let asked = 0;
  const { url } = await serve((_request, response) => response.writeHead(++asked < 3 ? 500 : 200).end('text'));
  expect(await getText(url, patience)).toBe('text');
});

test('a server that never answers is given up', async () => {
  const { url, requests } = await serve(() => {});
  expect((await failure(`${url}/x`, { ...patience, tries: 2 })).message).toBe(`${url}/x was silent for 0.3 s`);
  expect(requests).toHaveLength(2);
});

test('a server that falls silent in the middle is given up', async () => {
  const { url } = await serve((_request, response) => response.write('half'));
  expect((await failure(url, { ...patience, tries: 1 })).message).toMatch(/was silent for 0\.3 s$/);
});

test('a server that trickles for ever is given up', async () => {
  let timer: NodeJS.Timeout | undefined;
  const { url } = await serve((_request, response) => {
    timer = setInterval(() => response.write('x'), 20);
  });
  expect((await failure(url, { silenceMs: 100, tries: 1, pauseMs: 1 })).message).toMatch(/was not read within 0\.4 s$/);
  clearInterval(timer);
});

test('a list without end is not read to its end', async () => {
  const { url } = await serve((_request, response) => response.end('x'.repeat(2 * 1024 * 1024)));
  expect((await failure(url)).message).toMatch(/is larger than 1 MiB/);
});

test('an answer that breaks off is no answer', async () => {
  const { url, requests } = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half');
    setTimeout(() => response.destroy(), 20);
  });
  expect((await failure(url)).message).toMatch(/cannot be read: the connection broke off$/);
  expect(requests).toHaveLength(3);
});

test('a port where nothing listens is told in words', async () => {
  const { url, close } = await loopback(() => {});
  await close();
  expect((await failure(url)).message).toBe(`${url} cannot be read: nothing answers there`);
});
