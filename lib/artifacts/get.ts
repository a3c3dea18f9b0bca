/** How long to wait for a server, and how often to ask it again. */
export interface Patience {
  /** Give up on a server that sends nothing for so long. */
  readonly silenceMs: number;
  /** How often a thing is tried in all. */
  readonly tries: number;
  /** Before the second try; twice that before the third, and so on. */
  readonly pauseMs: number;
}

export interface Answer {
  readonly status: number;
  /** In small letters. */
  header(name: string): string | undefined;
  /** The body, as it comes. Throws `TransferError` where it ends early. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Something did not come over the network. */
export class TransferError extends Error {
  constructor(
    message: string,
    /** Whether another try may help. */
    readonly again: boolean,
    /** Of an answer that was not what was hoped for. @default - there was none */
    readonly status?: number,
  ) {
    super(message);
  }
}

const mostRedirects = 10;
const mostTextBytes = 1024 * 1024;

/** A small text, with retries. */
export function getText(url: string, patience: Patience): Promise<string> {
  return retrying(patience, () =>
    get(url, { silenceMs: patience.silenceMs, wholeMs: 4 * patience.silenceMs }, {}, async ({ chunks }) => {
      const parts: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of chunks) {
        parts.push(chunk);
        size += chunk.length;
        if (size > mostTextBytes) throw new TransferError(`${url} is larger than 1 MiB, which no such list is`, false);
      }
      return Buffer.concat(parts).toString('utf8');
    }),
  );
}

/** Tries again where that may help. */
export async function retrying<T>(patience: Patience, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (e) {
      if (!(e instanceof TransferError) || !e.again || tries >= patience.tries) throw e;
      await new Promise((done) => setTimeout(done, tries * patience.pauseMs));
    }
  }
}

/**
 * One request, which ends within a bounded time. `take` reads the answer, which is a good one, or has a status that
 * `accepted` names. Throws `TransferError` for anything that the network or the server did.
 */
export async function get<T>(
  url: string,
  limits: { readonly silenceMs: number; readonly wholeMs: number },
  request: { readonly headers?: Readonly<Record<string, string>>; readonly accepted?: readonly number[] },
  take: (answer: Answer) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const giveUp = (what: string) => stop.abort(new TransferError(`${url} ${what}`, true));
  const whole = setTimeout(() => giveUp(`was not read within ${limits.wholeMs / 1000} s`), limits.wholeMs);
  let silence: NodeJS.Timeout | undefined;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => giveUp(`was silent for ${limits.silenceMs / 1000} s`), limits.silenceMs);
  };
  const failed = (e: unknown) => (e instanceof TransferError ? e : (reasonOf(stop.signal) ?? networkError(url, e)));
  heard();
  try {
    // A range is one of the bytes that are stored, and a checksum as well.
    const headers = { 'accept-encoding': 'identity', ...request.headers };
    const response = await follow(url, headers, stop.signal).catch((e: unknown) => {
      throw failed(e);
    });
    heard();
    const { status } = response;
    if (!response.ok && !request.accepted?.includes(status)) {
      await response.body?.cancel();
      const again = status >= 500 || status === 408 || status === 429;
      throw new TransferError(`${url} answers with status ${status}`, again, status);
    }
    return await take({
      status,
      header: (name) => response.headers.get(name) ?? undefined,
      chunks: chunksOf(response, heard, failed),
    });
  } finally {
    clearTimeout(whole);
    clearTimeout(silence);
    // An answer that was not read to its end would keep its connection.
    stop.abort();
  }
}

async function* chunksOf(response: Response, heard: () => void, failed: (e: unknown) => Error) {
  if (response.body === null) return;
  try {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      heard();
      yield chunk;
    }
  } catch (e) {
    throw failed(e);
  }
}

/** Goes by hand where `fetch` would lead from https to http without a word. */
async function follow(url: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
  let at = url;
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const response = await fetch(at, { headers, signal, redirect: 'manual' });
    const location = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = URL.canParse(location, at) ? new URL(location, at) : undefined;
    if (next === undefined || !['http:', 'https:'].includes(next.protocol))
      throw new TransferError(`${url} leads to ${JSON.stringify(location)}, which is no http or https URL`, false);
    if (next.protocol === 'http:' && new URL(at).protocol === 'https:')
      throw new TransferError(
        `${url} leads from https to ${next.origin}, where anyone on the way can change it`,
        false,
      );
    at = next.href;
  }
  throw new TransferError(`${url} leads on and on, more than ${mostRedirects} times`, false);
}

function reasonOf(signal: AbortSignal): TransferError | undefined {
  return signal.reason instanceof TransferError ? signal.reason : undefined;
}

/** `fetch` says what happened in the cause alone. */
function networkError(url: string, e: unknown): TransferError {
  const { cause, message } = e as Error & { readonly cause?: Error & { readonly code?: string } };
  const code = cause?.code ?? '';
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing answers there',
    EAI_AGAIN: 'its host cannot be looked up; is there a network?',
    ENOTFOUND: 'there is no such host',
    UND_ERR_SOCKET: 'the connection broke off',
    ECONNRESET: 'the connection broke off',
  };
  const why = words[code] ?? [code, cause?.message ?? message].filter((part) => part !== '').join(': ');
  return new TransferError(`${url} cannot be read: ${why}`, true);
}
