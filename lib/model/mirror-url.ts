import { isHostAndPort } from './host-text';

/** Whether a text is the address of a mirror as all container runtimes read it: `https://mirror.example:5000`, with a path or without, and no credentials. */
export function isMirrorUrl(text: string): boolean {
  const [, host = ''] = /^https?:\/\/([^/]+)((?:\/[A-Za-z0-9._~-]+)*\/?)$/.exec(text) ?? [];
  return isHostAndPort(host);
}
