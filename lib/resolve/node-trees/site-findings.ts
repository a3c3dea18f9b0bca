import { error, type Problem } from '../../model/problem';

/** Gathers errors over sites: each fault of a construct once, with all sites that have it. */
export class SiteFindings {
  private readonly found = new Map<string, { path: string; message: string; sites: Set<string> }>();

  /** `site`: its name, with what of it is meant where that helps. @default - the fault is in none in particular */
  add(path: string, message: string, site?: string): void {
    const entry = this.found.get(`${path} ${message}`) ?? { path, message, sites: new Set() };
    if (site !== undefined) entry.sites.add(site);
    this.found.set(`${path} ${message}`, entry);
  }

  get list(): Problem[] {
    return [...this.found.values()].map(({ path, message, sites }) =>
      error(path, message, sites.size > 0 ? { sites: [...sites] } : {}),
    );
  }
}
