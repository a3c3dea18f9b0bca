import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { NodeSecretUse } from '../model/node-tree';

/** What is wrong with the text of a secret, behind "that"; undefined where nothing is. Speaks of lines and names, never of what is in them. */
export function secretProblem({ digits, form, keys }: NodeSecretUse, text: string): string | undefined {
  if (form === 'folder') return text.trim() === '' ? 'is empty; write its value into it' : undefined;
  if (text.includes('\r')) return 'has line breaks of Windows; save it with those of Unix';
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return 'is empty; write its value into it';
  if (form === 'environment') {
    const missing = keys.filter((key) => !lines.some((line) => line.startsWith(`${key}=`)));
    return missing.length === 0 ? undefined : `has no line ${missing.map((key) => `${key}=...`).join(', ')}; add it`;
  }
  if (lines.length > 1) return `has ${lines.length} lines; it must be one`;
  const line = lines[0] ?? '';
  if (form === 'user-password' && !/^[^:]+:./.test(line)) return 'is not of the form user:password';
  if (digits === undefined) return undefined;
  if (!/^[A-Za-z0-9]+$/.test(line))
    return `has more in it than letters and digits; make one with openssl rand -hex ${digits / 2}`;
  return line.length < digits
    ? `has ${line.length} letters and digits; it must have ${digits} or more (openssl rand -hex ${digits / 2})`
    : undefined;
}

/** Whether a certificate is this machine's and goes with its key: another's would be let in under the other's name. By path; files that are all there. */
export function certificateProblems(
  { certificate, name }: NodeSecretUse,
  node: string,
  files: ReadonlyArray<{ readonly path: string; readonly content: Buffer }>,
): ReadonlyArray<readonly [path: string, told: string]> {
  if (!certificate) return [];
  const contentOf = (file: string) => files.find(({ path }) => path === `${name}/${file}`)?.content ?? Buffer.alloc(0);
  const [path, keyPath] = [`${name}/${certificate.file}`, `${name}/${certificate.key}`];
  const read = parsed(() => new X509Certificate(contentOf(certificate.file)));
  if (!read) return [[path, 'is no certificate in PEM']];
  const key = parsed((): KeyObject => createPrivateKey(contentOf(certificate.key)));
  if (!key) return [[keyPath, 'is no private key in PEM without a password']];
  const wanted = certificate.commonName.replace('{node}', node);
  const found = read.subject.split('\n').flatMap((line) => (line.startsWith('CN=') ? [line.slice(3)] : []));
  if (!found.includes(wanted)) return [[path, `is for ${found.join(', ') || 'nobody'}; it must be for ${wanted}`]];
  return read.checkPrivateKey(key) ? [] : [[keyPath, `does not go with ${certificate.file}`]];
}

function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
