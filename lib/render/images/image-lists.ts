import { sorted } from '../../model/digest';
import { eligibleClasses, type NodeKind } from '../../model/eligible-nodes';
import { fillText, siteValue } from '../../model/hole-value';
import { wholeImageName } from '../../model/image-name';
import type { KubeObject } from '../../model/kube-object';
import { kindsOfNodes } from '../../model/node-kinds';
import { chartOf, imagesOf } from '../../model/object-images';
import type { Cohort, Plan, RenderUnit, SitePlan } from '../../model/plan';
import type { Platform } from '../../model/platform';
import { profileFileName } from '../../model/profile-file';
import { statedPlatforms } from '../../model/stated-platforms';
import type { Rendering } from '../../model/template';
import { hasToken, type TokenTable } from '../../model/token';

/** Nodes of a class in a role that run one platform. */
interface PlatformKind extends NodeKind {
  readonly platform: Platform;
}

/** What is known of all sites of a profile. */
interface ProfileLists {
  readonly images: Map<Platform, Set<string>>;
  readonly charts: Set<string>;
}

/**
 * What machines pull, for who brings it to them before they need it. By path in the assembly: `images/<profile>.<os>-<architecture>.txt` has the whole name of
 * each image that a site of the profile may run on nodes of that platform, one a line and sorted; `images/<profile>.charts.txt` the Helm charts, chart, version
 * and repository, whose images nobody knows here. Neither grows with the number of sites, but where the name of an image holds a site value.
 */
export function imageLists(plan: Plan, rendering: Pick<Rendering, 'units' | 'clusters'>): ReadonlyMap<string, string> {
  const units = new Map(plan.units.map((unit) => [unit.id, { unit, sitesOf: sitesOfGroups(unit) }]));
  const profiles = new Map<string, ProfileLists>();
  for (const cohort of plan.cohorts) {
    const kinds = platformKinds(cohort, plan);
    for (const [profile, sites] of byProfile(cohort)) {
      const lists = profiles.get(profile) ?? { images: new Map(), charts: new Set() };
      profiles.set(profile, lists);
      const list = { lists, tokens: plan.tokens, deviceClasses: plan.model.deviceClasses };
      for (const id of cohort.units) {
        const known = units.get(id);
        const objects = (rendering.units.get(id)?.files ?? []).flatMap((file) => file.objects);
        if (!known) continue;
        const { unit, sitesOf } = known;
        addObjects(objects, { ...list, kinds: kindsFor(unit, kinds), sites: () => sitesOf(cohort.id, profile) });
      }
      const own = (rendering.clusters.get(cohort.id) ?? []).flatMap((file) => file.objects);
      addObjects(own, { ...list, kinds, sites: () => sites });
      if (cohort.trees.length > 0)
        for (const image of cohort.cluster.distribution.machineImages?.(cohort.cluster) ?? [])
          addImage(image, kinds, lists);
    }
  }
  const files = [...profiles].flatMap(([profile, { images, charts }]) => [
    ...[...images].map(([platform, names]) => [listPath(profile, platform.replaceAll('/', '-')), names] as const),
    ...(charts.size > 0 ? [[listPath(profile, 'charts'), charts] as const] : []),
  ]);
  return new Map(sorted(files, ([path]) => path).map(([path, lines]) => [path, `${[...lines].sort().join('\n')}\n`]));
}

function listPath(profile: string, what: string): string {
  return `images/${profileFileName(profile)}.${what}.txt`;
}

function byProfile({ sites }: Cohort): ReadonlyMap<string, readonly SitePlan[]> {
  const found = new Map<string, SitePlan[]>();
  for (const site of sites) {
    const known = found.get(site.profile);
    if (known) known.push(site);
    else found.set(site.profile, [site]);
  }
  return found;
}

/** Machines that are set up here run the first platform of their hardware; of others nobody knows which they run. */
function platformKinds(cohort: Cohort, { model }: Plan): PlatformKind[] {
  return kindsOfNodes(cohort).flatMap(({ deviceClass: path, role }) => {
    const deviceClass = model.deviceClasses.find((known) => known.path === path);
    if (!deviceClass || !cohort.deviceClasses.includes(path)) return [];
    const { platforms } = deviceClass.hardware;
    return (deviceClass.operatingSystem ? platforms.slice(0, 1) : platforms).map((platform) => ({
      role,
      platform,
      deviceClass: { ...deviceClass, hardware: { ...deviceClass.hardware, platforms: [platform] } },
    }));
  });
}

/** Nodes that a unit may be on, with a platform that its images are built for where it says so. */
function kindsFor(unit: RenderUnit, kinds: readonly PlatformKind[]): PlatformKind[] {
  const { onNodes } = unit.workload.placement;
  const stated = statedPlatforms(unit) ?? [];
  return kinds.filter(
    ({ deviceClass, platform }) =>
      (onNodes?.includes(deviceClass.path) ?? true) && (stated.length === 0 || stated.includes(platform)),
  );
}

/** Sites of a cohort and profile as the unit sees them: with the values that its overrides set. They are sorted out once, and only if somebody asks. */
function sitesOfGroups({ sites }: RenderUnit): (cohort: string, profile: string) => readonly SitePlan[] {
  let groups: Map<string, SitePlan[]> | undefined;
  return (cohort, profile) => {
    if (!groups) {
      groups = new Map();
      for (const site of sites) {
        const key = `${site.cohort} ${site.profile}`;
        const group = groups.get(key);
        if (group) group.push(site);
        else groups.set(key, [site]);
      }
    }
    return groups.get(`${cohort} ${profile}`) ?? [];
  };
}

interface ListInput {
  readonly lists: ProfileLists;
  readonly kinds: readonly PlatformKind[];
  readonly sites: () => readonly SitePlan[];
  readonly deviceClasses: Plan['model']['deviceClasses'];
  readonly tokens: TokenTable;
}

function addObjects(objects: readonly KubeObject[], input: ListInput): void {
  const { lists, kinds, sites, deviceClasses, tokens } = input;
  for (const object of objects) {
    const { images, pods } = imagesOf(object);
    const eligible = images.length === 0 ? [] : eligibleClasses(pods, kinds, deviceClasses);
    for (const image of images) for (const name of textsOf(image, sites, tokens)) addImage(name, eligible, lists);
    const use = chartOf(object);
    if (!use) continue;
    const { chart, version, repo } = use;
    for (const line of textsOf([chart, version, ...(repo === undefined ? [] : [repo])].join(' '), sites, tokens))
      lists.charts.add(line);
  }
}

function addImage(image: string, kinds: readonly PlatformKind[], { images }: ProfileLists): void {
  for (const { platform } of kinds) {
    const names = images.get(platform) ?? new Set();
    images.set(platform, names.add(wholeImageName(image)));
  }
}

/** What sites make of a text, each once. */
function textsOf(text: string, sites: () => readonly SitePlan[], tokens: TokenTable): readonly string[] {
  if (!hasToken(text)) return [text];
  return [...new Set(sites().map((site) => fillText(text, (hole) => siteValue(site, hole), tokens)))];
}
