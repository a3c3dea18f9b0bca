import { parseChecksums } from '../../../lib/artifacts/checksums';

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];

test.each<[string, string, Record<string, string> | string]>([
  ['lines of sha256sum, text or binary', `${a}  x\n${b} *y\n`, { x: a, y: b }],
  ['line ends of Windows, empty lines and capital letters', `${a.toUpperCase()}  x\r\n\r\n${b}  y`, { x: a, y: b }],
  ['one checksum twice', `${a}  x\n${a}  x\n`, { x: a }],
  ['two checksums for a file', `${a}  x\n${b}  x\n`, 'lists two checksums for x'],
  ['a short checksum', `${a}  x\n${b.slice(1)}  y\n`, `holds no checksum in line 2 (found "${b.slice(1, 61)}")`],
  ['a line without a name', `${a}  \n`, `holds no checksum in line 1 (found "${a.slice(0, 60)}")`],
])('%s are read', (_what, text, sums) => {
  const read = parseChecksums(text);
  expect(typeof read === 'string' ? read : Object.fromEntries(read)).toEqual(sums);
});
