export interface DownloadLine {
  show(what: string, done: number, total: number | undefined): void;
  end(text: string | undefined): void;
}

/** One line on a terminal that counts, and a line for each file elsewhere. */
export function downloadLine(quiet: boolean): DownloadLine {
  const { stderr } = process;
  const counts = !quiet && stderr.isTTY === true;
  let shown = '';
  return {
    show(what, done, total) {
      const text = `fetching ${what}: ${mebibytes(done)}${total === undefined ? '' : ` of ${mebibytes(total)}`} MiB`;
      if (!counts || text === shown) return;
      shown = text;
      stderr.write(`\r\x1b[K${text}`);
    },
    end(text) {
      if (counts) stderr.write('\r\x1b[K');
      if (!quiet && text !== undefined) stderr.write(`${text}\n`);
    },
  };
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}
