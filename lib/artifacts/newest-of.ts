/** Says which releases exist: the newest of a version's own minor, else of all. */
export function newestOf(newest: Readonly<Record<string, string>>, version: string): string {
  const [, minor = ''] = /^v(\d+\.\d+)\./.exec(version) ?? [];
  const own = Object.entries(newest).find(([name]) => name === minor)?.[1];
  return own
    ? `the newest of ${minor} that EdgeCDK knows is ${own}`
    : `EdgeCDK knows ${Object.values(newest).join(', ')}`;
}
