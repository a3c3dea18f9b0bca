import { error, type Problem } from '../model/problem';

/** Each message once, with all sites that it is true of. */
export class Findings {
  private readonly found = new Map<string, { path: string; message: string; sites: Set<string> }>();

  /** As `error` makes them, or `warning`. */
  constructor(private readonly make: typeof error = error) {}

  add(path: string, message: string, ...sites: readonly string[]): void {
    const entry = this.found.get(`${path} ${message}`) ?? { path, message, sites: new Set<string>() };
    for (const site of sites) entry.sites.add(site);
    this.found.set(`${path} ${message}`, entry);
  }

  get problems(): Problem[] {
    return [...this.found.values()].map(({ path, message, sites }) =>
      this.make(path, message, { sites: [...sites].sort() }),
    );
  }
}
