import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

export type FileReading =
  | { readonly bytes: Buffer }
  | { readonly problem: string /** Line of the file. */; readonly line?: number };

/** The one place at which `resolve` touches the disk. Gives valid UTF-8 without a byte order mark, or says what is wrong. */
export function readInventoryFile(file: string, root: string | undefined): FileReading {
  if (root === undefined && !isAbsolute(file)) {
    return {
      problem: `"${file}" is a relative path, and the fleet says not from where; give Fleet \`root: __dirname\``,
    };
  }
  try {
    return checkEncoding(readFileSync(isAbsolute(file) ? file : join(root ?? '', file)), file);
  } catch (e) {
    return { problem: whyUnreadable(file, (e as NodeJS.ErrnoException).code) };
  }
}

function whyUnreadable(file: string, code: string | undefined): string {
  if (code === 'ENOENT') return `there is no file "${file}"; a relative path starts from the fleet's \`root\``;
  if (code === 'EISDIR') return `"${file}" is a folder; name a file`;
  return `the file "${file}" cannot be read (${code})`;
}

function checkEncoding(bytes: Buffer, file: string): FileReading {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) {
    return { problem: `"${file}" is UTF-16; save it as UTF-8` };
  }
  const text = startsWith(bytes, [0xef, 0xbb, 0xbf]) ? bytes.subarray(3) : bytes;
  return isUtf8(text) ? { bytes: text } : findInvalid(text, file);
}

function startsWith(bytes: Buffer, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

/** No UTF-8 sequence holds the byte of a line feed, so that lines can be looked at one by one. */
function findInvalid(bytes: Buffer, file: string): FileReading {
  const bad: { readonly line: number; readonly bytes: Buffer }[] = [];
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed;
    const lineBytes = bytes.subarray(start, end);
    if (!isUtf8(lineBytes)) bad.push({ line, bytes: lineBytes });
    start = end + 1;
  }
  const first = bad[0];
  if (!first) return { bytes };
  const others = bad.length > 1 ? ` and on ${bad.length - 1} more line${bad.length > 2 ? 's' : ''}` : '';
  return {
    problem: `"${file}" is not UTF-8 (byte ${invalidByte(first.bytes)} here${others}); save it as UTF-8`,
    line: first.line,
  };
}

function invalidByte(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  const before = Buffer.byteLength(text.slice(0, text.indexOf('\ufffd')));
  return `0x${(bytes[before] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
}
