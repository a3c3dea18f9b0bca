import type { DeviceClassModel } from '../model/device-class-model';
import type { SharedClusterModel } from '../model/distribution';
import type { FleetModel, OverrideModel } from '../model/fleet-model';
import { PLATFORMS } from '../model/platform';
import { error, listSome, type Problem } from '../model/problem';
import type { ContainerContent, LeafDeviceWorkloadModel, WorkloadModel } from '../model/workload-model';
import { validateContainer, validateVariant } from './validate-container';

const dnsLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;

/** What is wrong with the literal parts of a model, before any site is looked at. */
export function validateModel(model: FleetModel): Problem[] {
  return [
    ...twice(model.workloads, 'workload', 'its objects and files bear it as name'),
    ...twice(model.deviceClasses, 'device class', 'node names and labels bear it'),
    ...twice(model.sharedClusters, 'shared cluster', 'its folder in the assembly bears it'),
    ...model.sharedClusters.flatMap(sharedClusterProblems),
    ...model.deviceClasses.flatMap(deviceClassProblems),
    ...model.workloads.flatMap((workload) => workloadProblems(workload, model)),
    ...model.overrides.flatMap((override) => overrideProblems(override, model)),
    ...emptyFleet(model),
  ];
}

function emptyFleet(model: FleetModel): Problem[] {
  if (model.sources.length > 0) return [];
  return [error(model.id, 'has no sites; add a SiteGroup with an inventory, or a Site')];
}

function twice(
  records: readonly { readonly id: string; readonly path: string }[],
  what: string,
  why: string,
): Problem[] {
  const first = new Map<string, string>();
  return records.flatMap(({ id, path }) => {
    const problems = dnsLabel.test(id)
      ? []
      : [
          error(
            path,
            `has ${JSON.stringify(id)} as id of a ${what}; take up to 63 lower-case letters, digits and '-', since ${why}`,
          ),
        ];
    const other = first.get(id);
    if (other !== undefined)
      problems.push(error(path, `has the id of the ${what} [${other}]; ids are unique in the fleet, since ${why}`));
    first.set(id, other ?? path);
    return problems;
  });
}

function sharedClusterProblems({ path, distribution }: SharedClusterModel): Problem[] {
  if (distribution.renderShared) return [];
  return [
    error(
      path,
      `is a cluster that sites share, and ${distribution.title} has none; describe a cluster of each site's own in the blueprint`,
    ),
  ];
}

function deviceClassProblems({ path, hardware, nodeLabels }: DeviceClassModel): Problem[] {
  const problems: Problem[] = [];
  const { name, memoryMiB, memorySizesMiB: sizes, cores, platforms } = hardware;
  if (platforms.length === 0)
    problems.push(error(path, `is of ${name}, which runs no containers; it can stand behind a node, not be one`));
  const foreign = platforms.find((platform) => !PLATFORMS.some((known) => known === platform));
  if (foreign !== undefined)
    problems.push(
      error(
        path,
        `is of ${name}, which claims the platform ${JSON.stringify(foreign)}; Kubernetes nodes are of ${PLATFORMS.join(', ')}`,
      ),
    );
  if (sizes && !sizes.includes(memoryMiB)) {
    problems.push(
      error(
        path,
        `is of ${name}, which is not sold with ${memoryMiB} MiB; take one of ${sizes.join(', ')} MiB, or say your own with Hardware.with`,
      ),
    );
  }
  if (!dnsLabel.test(name))
    problems.push(error(path, `is of hardware named ${JSON.stringify(name)}; take lower-case letters, digits and '-'`));
  if (!(memoryMiB > 0) || !(cores > 0))
    problems.push(error(path, `is of ${name} with ${memoryMiB} MiB and ${cores} cores; both must be more than none`));
  for (const [key, value] of Object.entries(nodeLabels)) {
    if (/(^|\.)(kubernetes|k8s)\.io\//.test(key))
      problems.push(
        error(
          path,
          `labels its nodes with ${key}; no kubelet starts with labels of Kubernetes' own, take a prefix of yours`,
        ),
      );
    if (!labelValue.test(value))
      problems.push(error(path, `labels its nodes with ${key}=${value}, which is no legal value`));
  }
  return problems;
}

function workloadProblems(workload: WorkloadModel, model: FleetModel): Problem[] {
  const problems: Problem[] = [];
  const { path, namespace, owner, placement } = workload;
  if (!dnsLabel.test(namespace))
    problems.push(
      error(path, `has ${JSON.stringify(namespace)} as namespace; take lower-case letters, digits and '-'`),
    );
  if (owner !== undefined && !labelValue.test(owner))
    problems.push(error(path, `has ${JSON.stringify(owner)} as owner, which is no legal label value`));
  for (const { name } of workload.variants) {
    if (!dnsLabel.test(name) || name === 'default')
      problems.push(
        error(
          path,
          `has a variant named ${JSON.stringify(name)}; take lower-case letters, digits and '-', and not 'default'`,
        ),
      );
  }
  problems.push(
    ...pathProblems(
      path,
      placement.on ?? [],
      [...model.blueprints, ...model.sources].map((c) => c.path),
      'sites',
    ),
  );
  problems.push(
    ...pathProblems(
      path,
      placement.onNodes ?? [],
      model.deviceClasses.map((c) => c.path),
      'device class',
    ),
  );
  if (workload.kind === 'container') {
    problems.push(...validateContainer(workload.content, path));
    for (const { name, content } of workload.variants) {
      problems.push(...validateContainer({ ...workload.content, ...content }, path));
      problems.push(...validateVariant(workload.content, content, path, `a variant ${name}`));
    }
  }
  if (workload.kind === 'leaf-device') problems.push(...leafDeviceProblems(workload, model));
  if (workload.kind === 'helm' && !/^\d|^v\d/.test(workload.content.version)) {
    problems.push(
      error(
        path,
        `has ${JSON.stringify(workload.content.version)} as version of its chart; take an exact one, since what a range means changes by itself`,
      ),
    );
  }
  return problems;
}

/** Names of another fleet's constructs, and what is literal of its broker. */
function leafDeviceProblems({ path, content }: LeafDeviceWorkloadModel, model: FleetModel): Problem[] {
  const known = new Set(model.workloads.map((workload) => workload.path));
  const strange = [content.model, content.mapper].flatMap((other) => (other && !known.has(other.path) ? [other] : []));
  const { attachment } = content;
  return [
    ...strange.map((other) =>
      error(path, `names [${other.path}], which is not of this fleet; make both under one Fleet`),
    ),
    ...(typeof attachment === 'object' ? validateContainer(attachment.broker, path) : []),
  ];
}

/** References to another fleet's constructs. */
function pathProblems(path: string, named: readonly string[], known: readonly string[], what: string): Problem[] {
  return named
    .filter((name) => !known.includes(name))
    .map((name) =>
      error(path, `is placed by the ${what} [${name}], which is not of this fleet; it has ${listSome(known)}`),
    );
}

function overrideProblems(override: OverrideModel, model: FleetModel): Problem[] {
  const problems: Problem[] = [];
  const { path, id, until, owner, reason, content } = override;
  const workload = model.workloads.find((w) => w.path === override.workload);
  if (!workload) problems.push(error(path, `is of the workload [${override.workload}], which is not of this fleet`));
  if (!dnsLabel.test(id))
    problems.push(error(path, `has ${JSON.stringify(id)} as id; take lower-case letters, digits and '-'`));
  if (!isDate(until)) problems.push(error(path, `holds until ${JSON.stringify(until)}; write a day as 2026-12-31`));
  if (owner.trim() === '' || reason.trim() === '')
    problems.push(error(path, 'has no owner or no reason; the next reader needs both'));
  if (Object.keys(content).length === 0 && Object.keys(override.values).length === 0)
    problems.push(error(path, 'changes nothing; give it an image, resources, run, env or values'));
  if (workload?.kind === 'container') {
    const over = content as Partial<ContainerContent>;
    problems.push(...validateContainer({ ...workload.content, ...over }, path));
    problems.push(...validateVariant(workload.content, over, path, 'a content'));
  }
  return problems;
}

export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Overrides whose last day is before a given one. Only asked for by name: synth does not look at the clock. */
export function expiredOverrides(model: FleetModel, today: string): Problem[] {
  if (!isDate(today))
    return [error(model.id, `was checked for the day ${JSON.stringify(today)}; write it as 2026-12-31`)];
  return model.overrides
    .filter((o) => o.until < today)
    .map((o) =>
      error(
        o.path,
        `held until ${o.until} and today is ${today}; ask ${o.owner} (${o.reason}), then take it out or give it a new day`,
      ),
    );
}
