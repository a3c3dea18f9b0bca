/** Something that a generator of files for a distribution can fall into, and what keeps EdgeCDK from it. */
export interface Trap {
  readonly number: number;
  /** Distributions that have it. @default - that of its list */
  readonly on?: string;
  readonly trap: string;
  /**
   * What prevents it: it does not compile; nothing that is written has it; `synth` refuses it; `synth` warns of it; the documentation says what to do.
   * The strongest of them, where there are several.
   */
  readonly by: 'type' | 'construction' | 'error' | 'warning' | 'documented';
  /** How, in half a sentence. */
  readonly how: string;
  readonly tests: readonly CoveringTest[];
  /** Why it cannot arise, where no test shows it alone, and the file in which that was decided. @default - tests show it */
  readonly decided?: { readonly why: string; readonly file: string };
}

export interface CoveringTest {
  readonly file: string;
  /** As it stands in the file, with `%s` and all. */
  readonly title: string;
  /** What tells its row in the table of that test. @default - it is a test without a table, or all rows count */
  readonly row?: string;
}

export function covered(file: string, title: string, row?: string): CoveringTest {
  return { file: `test/${file}`, title, ...(row !== undefined && { row }) };
}
