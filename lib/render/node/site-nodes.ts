import { sha256 } from '../../model/digest';
import { canonicalJson } from '../../model/hole-value';
import type { RenderedTree } from '../../model/node-tree';
import type { NodeTreePlan, Plan, SitePlan } from '../../model/plan';
import type { NodeAccess } from '../../model/seed-input';
import { siteInput } from '../../model/site-texts';
import type { SiteNodes } from '../../model/template';
import { SAMPLE_SITE, sampleMachine } from './sample-machine';
import { type Member, siteFolder, siteFolderNames } from './site-folder';

/** What stands in the folder `nodes` of sites: who each machine is, and its first boot. */
export function siteNodes(
  plan: Plan,
  trees: ReadonlyMap<string, RenderedTree>,
): (site: SitePlan) => SiteNodes | undefined {
  const clusters = new Map(plan.cohorts.map((cohort) => [cohort.id, cohort.cluster]));
  const forms = new Map<string, string>();
  return (site) => {
    const nodes = plan.nodes.get(site.name) ?? [];
    const cluster = clusters.get(site.cohort);
    const machines = cluster?.machines;
    const members = nodes.flatMap((node): Member[] => {
      const [of, tree] = [plan.trees.get(node.tree ?? ''), trees.get(node.tree ?? '')];
      return of && tree ? [{ node, plan: of, tree }] : [];
    });
    if (!machines || members.length === 0) return undefined;
    const known = siteInput(site, { ...cluster, machines }, plan.tokens);
    const inputs = [...new Map(members.map((member) => [member.plan.name, member])).values()].map((member) => {
      const form = forms.get(member.plan.name) ?? formOf(member, machines.access);
      forms.set(member.plan.name, form);
      return [member.plan.name, form, dependsOn(member.plan, member.tree)];
    });
    // Where a row stands in its file changes with every row above it.
    const records = nodes.map((node) => ({ ...node, source: undefined }));
    const digest = sha256(canonicalJson([known, records, machines.access, inputs]));
    return {
      digest,
      nodes,
      names: () => siteFolderNames(members, known),
      files: () => siteFolder(site, members, known, machines.access),
    };
  };
}

/** Another release of EdgeCDK may make other files of the same: then these are others too. */
function formOf({ plan, tree }: Member, access: NodeAccess): string {
  const node = sampleMachine(plan.role, plan.name);
  return sha256(JSON.stringify([...siteFolder(SAMPLE_SITE, [{ node, plan, tree }], SAMPLE_SITE, access)]));
}

/** All that the files of a site's machines take from their tree: they stay as they are when a mirror changes. */
function dependsOn({ distribution, input }: NodeTreePlan, { tree }: RenderedTree) {
  const { dataMount, operatingSystem } = input;
  const { backupFolder, dials, kit, ports, secrets } = tree;
  const own = distribution.machines.identityInput(input);
  return [own, operatingSystem, dataMount, backupFolder, kit?.onImage, secrets, ports, dials];
}
