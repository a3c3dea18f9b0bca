/**
 * How far a figure can be trusted:
 * - `measured`: by the EdgeCDK project, on that hardware, with the method written down;
 * - `published`: by the maker or the project concerned, in the document named;
 * - `guessed`: neither; an estimate, a rounding up, or somebody's single reading.
 */
export type Grade = 'measured' | 'published' | 'guessed';

/** A value that says where it comes from. */
export interface Figure<T> {
  readonly value: T;
  readonly grade: Grade;
  /** Name of the document, and its section. */
  readonly source: string;
}

/** `const`, so that sizes and names stay literal types in the catalogue. */
export function published<const T>(value: T, source: string) {
  return { value, grade: 'published', source } as const;
}

/** The source says what the guess leans on. */
export function guessed<const T>(value: T, source: string) {
  return { value, grade: 'guessed', source } as const;
}

/** What something takes from a node before any workload runs. */
export interface Overhead {
  readonly memoryMiB: Figure<number>;
  readonly cpuMillicores: Figure<number>;
}

/** What something asks of a node's hardware. */
export interface Minimum {
  readonly cores: Figure<number>;
  readonly memoryMiB: Figure<number>;
}
