import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../structure/sources';

export function readDoc(path: string): string {
  return readFileSync(join(root, 'docs', path), 'utf8');
}

/** A block of code: its language, what the comment above it says of it, and its text. */
export interface Block {
  readonly language: string;
  /** `program: nodes`, `file: stores.csv` @default - there is no comment */
  readonly mark?: string;
  readonly text: string;
}

/** Blocks in order, those in list items too. */
export function blocksOf(markdown: string): Block[] {
  const fence = /(?:<!-- ([^>]+) -->\n)?^( *)```([a-z]*)\n([\s\S]*?)^\2```$/gm;
  return [...markdown.matchAll(fence)].map(([, mark, indent = '', language = '', text = '']) => ({
    language,
    mark,
    text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** Texts by the file that they are meant to be: the program as `fleet.ts`. */
export function filesIn(markdown: string): Record<string, string> {
  return Object.fromEntries(
    blocksOf(markdown).flatMap(({ mark, text }) => {
      const [kind, name = ''] = mark?.split(': ') ?? [];
      return kind === 'program' ? [['fleet.ts', text]] : kind === 'file' ? [[name, text]] : [];
    }),
  );
}

/** Rows of all tables with that head, cell by cell, and how often there is such a table. */
export function tablesWith(head: readonly string[], markdown: string): string[][][] {
  const lines = markdown.split('\n');
  return lines.flatMap((line, i) => {
    if (cellsOf(line).join() !== head.join()) return [];
    const end = lines.findIndex((other, k) => k > i && !other.startsWith('|'));
    return [lines.slice(i + 2, end).map(cellsOf)];
  });
}

function cellsOf(line: string): string[] {
  return line.startsWith('|')
    ? line
        .slice(1, line.lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim())
    : [];
}
