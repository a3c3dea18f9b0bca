import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../assembly/read-assembly';
import type { SiteRecord } from '../model/assembly-record';
import { compareText } from '../model/digest';
import { manifestsFolder } from '../model/folders';
import { error, listSome, type Problem } from '../model/problem';
import { STICK_DISTRIBUTIONS } from './bundle-distributions';
import { isName, readSiteNodes } from './site-nodes';

/** A site as a stick has it. */
export interface BundleSite {
  readonly name: string;
  /** Name of what its cluster is. */
  readonly distribution: string;
  /** Folder of its manifests in the assembly, and the names of their files, sorted. */
  readonly folder: string;
  readonly manifests: readonly string[];
  /** Names of its machines, and of their trees; none where EdgeCDK sets none up. */
  readonly nodes: readonly string[];
  readonly trees: readonly string[];
}

export interface BundleChoice {
  /** Names of hardware profiles. @default - all */
  readonly profiles?: readonly string[];
  /** Names of sites. @default - all */
  readonly sites?: readonly string[];
}

export interface ChosenSites {
  readonly byProfile: ReadonlyMap<string, readonly BundleSite[]>;
  /** Why some have no place on a stick, for people. */
  readonly leftOut: readonly string[];
  readonly problems: readonly Problem[];
}

/** The chosen sites that a stick serves, by profile, both sorted: each has a cluster of its own, and manifests that are all it runs. */
export function bundleSites(assembly: Assembly, { profiles = [], sites = [] }: BundleChoice): ChosenSites {
  const { fleet } = assembly.record;
  const records = [...assembly.sites()].sort((a, b) => compareText(a.name, b.name));
  const all = [...new Set(records.map(({ profile }) => profile))].sort(compareText);
  const named = new Set(sites);
  const known = new Map(records.filter(({ name }) => named.has(name)).map((record) => [record.name, record]));
  const problems: Problem[] = [
    ...profiles
      .filter((profile) => !all.includes(profile))
      .map((profile) => error(profile, `is no hardware profile of ${fleet} (it has ${listSome(all, 20)})`)),
    ...sites
      .filter((site) => !known.has(site))
      .map((site) => error(site, `is no site of ${fleet}; edgecdk list names them all`)),
    ...[...known.values()]
      .filter(({ profile }) => profiles.length > 0 && !profiles.includes(profile))
      .map(({ name, profile }) =>
        error(name, `is of the profile ${profile}, which is not among those that were named; name it, or no profile`),
      ),
  ];
  if (problems.length > 0) return { byProfile: new Map(), leftOut: [], problems };
  const byProfile = new Map<string, BundleSite[]>();
  const chosen = records.filter(
    ({ name, profile }) =>
      (profiles.length === 0 || profiles.includes(profile)) && (named.size === 0 || named.has(name)),
  );
  const unserved = new Map<string, string[]>();
  for (const record of chosen) {
    const site = siteOf(assembly, record, problems);
    if ('why' in site) addTo(unserved, site.why, record.name);
    else addTo(byProfile, record.profile, site);
  }
  const leftOut = [...unserved].map(([why, names]) => `no stick serves ${listSome(names)}, for ${why}`);
  // Who named a site, or its profile, expects it.
  if (byProfile.size === 0 || named.size > 0) problems.push(...leftOut.map((text) => error(fleet, text)));
  for (const profile of profiles)
    if (byProfile.size > 0 && named.size === 0 && !byProfile.has(profile))
      problems.push(error(profile, 'has no site that a stick serves; name other profiles'));
  if (chosen.length === 0)
    problems.push(error(fleet, 'has no site that was chosen by profile and name; choose others'));
  const sorted = [...byProfile].sort(([a], [b]) => compareText(a, b));
  return { byProfile: new Map(sorted), leftOut, problems };
}

/** The site; or why no stick serves it. */
function siteOf(assembly: Assembly, record: SiteRecord, problems: Problem[]): BundleSite | { readonly why: string } {
  const { name } = record;
  const cohort = assembly.record.cohorts[record.cohort];
  if (cohort === undefined) throw new Error(`the index of ${assembly.outDir} does not describe ${record.cohort}`);
  if (cohort.shared !== undefined)
    return { why: `their cluster, ${cohort.shared}, is elsewhere and gets what is in clusters of the assembly` };
  if (cohort.delivery !== undefined)
    return {
      why: `they pull what they run (delivery ${cohort.delivery}), and it is in no file of theirs; let them pull, or give their blueprint Delivery.local() and synthesize`,
    };
  if (!STICK_DISTRIBUTIONS.has(cohort.distribution))
    return { why: `EdgeCDK knows no way to bring ${cohort.distribution} manifests from one; bring them by hand` };
  const folder = join(assembly.outDir, manifestsFolder(name));
  const manifests = manifestsIn(folder);
  for (const [file, { place }] of Object.entries(cohort.files))
    if (place === undefined && !manifests.includes(`${file}.yaml`))
      problems.push(error(join(folder, `${file}.yaml`), 'is missing; run edgecdk synth --verify'));
  if (manifests.length === 0) return { why: 'they have no manifests' };
  const nodes = readSiteNodes(assembly, name);
  return {
    name,
    distribution: cohort.distribution,
    folder,
    manifests,
    nodes: nodes.map((node) => node.name),
    trees: nodes.map(({ tree }) => tree),
  };
}

function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function manifestsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => isName(name) && name.endsWith('.yaml'))
      .sort(compareText);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw e;
  }
}
