import type { Plan, SitePlan } from '../../model/plan';
import { type Problem, warning } from '../../model/problem';
import type { SiteNodes } from '../../model/template';
import { userDataWarning } from './seed/user-data';

/** Seeds that do not do what their owner may expect of them. */
export function seedWarnings(plan: Plan, nodesOf: (site: SitePlan) => SiteNodes | undefined): Problem[] {
  return [...withoutLogin(plan), ...otherImage(plan), ...tooLarge(plan, nodesOf)];
}

/** An image that takes a seed has nobody who can log in but for those whom the seed names; told once for each blueprint. */
function withoutLogin({ cohorts, trees }: Plan): Problem[] {
  const locked = cohorts.filter(({ cluster, trees: names }) => {
    const access = cluster.machines?.access;
    const seeded = names.some((name) => trees.get(name)?.input.operatingSystem.seedMedium !== 'none');
    return access !== undefined && access.sshKeys.length === 0 && access.breakGlass === undefined && seeded;
  });
  return [...new Set(locked.map(({ blueprint }) => blueprint.path))].map((path) =>
    warning(
      path,
      "has machines on which nobody can log in: their seeds name no SSH key and no user for emergencies, and passwords are off; give its cluster access: { sshKeys: ['ssh-ed25519 ...'] }",
    ),
  );
}

/** No Raspberry Pi starts from the cloud image of Ubuntu; that for the Raspberry Pi takes no notice of a medium. */
function otherImage({ model, trees }: Plan): Problem[] {
  const cloud = new Set(
    [...trees.values()]
      .filter(({ input }) => input.operatingSystem.name === 'ubuntu-24.04')
      .map(({ deviceClass }) => deviceClass),
  );
  return model.deviceClasses
    .filter(({ path, hardware }) => cloud.has(path) && hardware.name.startsWith('rpi-'))
    .map(({ path }) =>
      warning(
        path,
        "is a Raspberry Pi with the cloud image of Ubuntu, whose medium it would not read; take OperatingSystem.ubuntu2404({ image: 'raspberry-pi' })",
      ),
    );
}

/** User-data that some platforms do not take, seen at one machine of each tree: those of a tree differ by a few names. */
function tooLarge(plan: Plan, nodesOf: (site: SitePlan) => SiteNodes | undefined): Problem[] {
  const seen = new Set<string>();
  return plan.sites.flatMap((site) => {
    const nodes = plan.nodes.get(site.name) ?? [];
    if (!nodes.some(({ tree }) => tree !== undefined && !seen.has(tree))) return [];
    const files = nodesOf(site)?.files();
    return nodes.flatMap(({ name, tree }) => {
      if (tree === undefined || seen.has(tree)) return [];
      seen.add(tree);
      const message = userDataWarning(name, files?.get(`${name}/seed/user-data`) ?? '');
      return message === undefined ? [] : [warning(site.path, `has machines whose ${message}`)];
    });
  });
}
