import { ARGO_CD_MOST_SITES } from '../../catalog/argo-cd';
import { ENGINE_RULES } from '../../catalog/engine-rules';
import type { DeliveryContent } from '../../model/delivery';
import type { Layer } from '../../model/layer';
import { error, type Problem, warning } from '../../model/problem';
import { isHelmLayer, unknownMembers } from './helm-layer';
import { modelOf } from './model';
import { projectName } from './names';
import { valuesSizeProblems } from './values-size';

/** The largest request that etcd takes unless told otherwise. @see https://etcd.io/docs/v3.6/dev-guide/limit/ */
const largestObject = 1.5 * 1024 * 1024;

/** What is wrong with what sites have, or worth a second look. `objects`: all that is made for Argo CD, by file. */
export function contentProblems(content: DeliveryContent, objects: ReadonlyMap<string, readonly unknown[]>): Problem[] {
  const { shape } = modelOf(content.delivery);
  return [
    ...content.layers.flatMap((layer) => layerProblems(layer, content)),
    ...projectProblems(content),
    ...objectSizeProblems(content, objects),
    ...valuesSizeProblems(content),
    ...waveProblems(content),
    ...(shape === 'hub' ? hubProblems(content) : []),
  ];
}

function layerProblems(layer: Layer, content: DeliveryContent): Problem[] {
  const path = layer.workload?.path ?? content.fleet;
  const { shape } = modelOf(content.delivery);
  const problems: Problem[] = [];
  if (shape === 'site' && layer.name === 'edgecdk')
    problems.push(error(path, 'has the id edgecdk, as the Application that each site begins with; take another'));
  if (!isHelmLayer(layer)) return problems;
  for (const member of new Set(layer.variants.flatMap(unknownMembers)))
    problems.push(
      error(
        path,
        `has a HelmChart with spec.${member}, which an Application of Argo CD has no field for; leave it out, or say it in the values`,
      ),
    );
  return problems;
}

/** Two owners with one project would have each other's rights. Names are told apart, so only a name that is made to look like another's can do that. */
function projectProblems({ layers, fleet }: DeliveryContent): Problem[] {
  const owners = new Map<string, string>();
  return layers.flatMap(({ owner, workload }) => {
    if (owner === undefined) return [];
    const project = projectName(owner);
    const other = owners.get(project) ?? owner;
    owners.set(project, other);
    if (other === owner) return [];
    return [
      error(
        workload?.path ?? fleet,
        `has the owner '${owner}', which has the project of '${other}' with Argo CD; rename one`,
      ),
    ];
  });
}

function objectSizeProblems(
  { fleet, layers }: DeliveryContent,
  objects: ReadonlyMap<string, readonly unknown[]>,
): Problem[] {
  return [...objects].flatMap(([file, documents]) => {
    const bytes = Math.max(...documents.map((object) => Buffer.byteLength(JSON.stringify(object))));
    if (bytes <= largestObject) return [];
    const layer = layers.find(({ name }) => file.split(/[/.]/).includes(name));
    const size = (bytes / 1024 / 1024).toFixed(1);
    return [
      error(
        layer?.workload?.path ?? fleet,
        `makes ${file} of ${size} MiB, and an object has at most 1.5 MiB; fewer variants, or smaller values`,
      ),
    ];
  });
}

function waveProblems({ delivery, fleet, layers, waves }: DeliveryContent): Problem[] {
  const { progressiveSyncs, shape } = modelOf(delivery);
  if (progressiveSyncs && shape === 'hub') {
    if (waves.length === 0)
      return [error(fleet, 'has progressive syncs and no waves, which are their steps; add waves, or leave them out')];
    const held = waves.filter(({ maxUnavailable }) => maxUnavailable === 0 || maxUnavailable === '0%');
    const offline = waves.filter((wave) => wave.offline > 0);
    return [
      ...held.map(({ name }) =>
        error(
          fleet,
          `has the wave '${name}' with maxUnavailable 0: Argo CD never changes a site of it by itself; 1 or more is accepted, or 1% or more`,
        ),
      ),
      ...(offline.length > 0
        ? [
            offlineWaves(
              fleet,
              offline.map(({ name, offline: count }) => `${name}: ${count}`),
            ),
          ]
        : []),
    ];
  }
  if (waves.length === 0 || shape === 'site') return [];
  return layers
    .filter(isHelmLayer)
    .map(({ workload }) =>
      warning(
        workload?.path ?? fleet,
        'is a chart of others: with Argo CD on a hub its version and values reach all waves at once, since waves hold back the content of a branch or tag alone; take progressiveSyncs, or an Argo CD at each site',
        { rule: ENGINE_RULES.argoCdChartWaves },
      ),
    );
}

function offlineWaves(fleet: string, counts: readonly string[]): Problem {
  return warning(
    fleet,
    `has progressive syncs, and sites whose link is down at times (${counts.join(', ')}): a wave ends when all its sites are healthy, so each that does not answer holds up all later waves, and nothing repairs drift meanwhile, since automated sync is off; without progressiveSyncs each site follows the branch or tag of its wave`,
    { rule: ENGINE_RULES.argoCdProgressive },
  );
}

function hubProblems({ cohorts, fleet }: DeliveryContent): Problem[] {
  const sites = cohorts.flatMap(({ cohort }) => cohort.sites);
  const offline = sites.filter(({ link }) => link.kind !== 'online');
  return [
    ...(sites.length > ARGO_CD_MOST_SITES
      ? [
          warning(
            fleet,
            `has ${sites.length} sites for one Argo CD; the largest published setup has ${ARGO_CD_MOST_SITES} clusters. Several hubs, an Argo CD at each site, or Flux`,
            { rule: ENGINE_RULES.argoCdSites },
          ),
        ]
      : []),
    ...(offline.length > 0
      ? [
          warning(
            fleet,
            `has ${offline.length} site${offline.length === 1 ? '' : 's'} whose link is down at times, and Argo CD on a hub, which reaches out to them: while the link is down nothing is changed or repaired there, and their Applications are Unknown. An Argo CD at each site, or Flux, goes on without a link`,
            { rule: ENGINE_RULES.argoCdOffline, sites: offline.slice(0, 5).map(({ name }) => name) },
          ),
        ]
      : []),
  ];
}
