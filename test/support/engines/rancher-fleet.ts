import { recordFolder } from '../../../lib/model/folders';
import type { KubeObject } from '../../../lib/model/kube-object';
import { type Files, filesBelow, joinPath, namesIn, objectAt, only, Refused } from './assembly-files';
import { renderedChart, valuesIn } from './chart';
import { DOLLAR, fillGoTemplate } from './go-template';
import { type EngineSimulator, type FilesAt, type HeldUnit, releaseObject, unlessStuck } from './held';
import { chartAddress } from './local';
import { checkedLabels, type LabelSelector, selects } from './selector';

/** A hub of Rancher Fleet, and the agent of one site. */
export const RANCHER_FLEET_SIMULATOR: EngineSimulator = { title: 'Rancher Fleet', heldAt };

interface Cluster extends KubeObject {
  readonly metadata: KubeObject['metadata'] & { readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: { readonly templateValues?: unknown };
}

interface HelmOptions {
  readonly releaseName?: string;
  readonly chart: string;
  readonly repo?: string;
  readonly version?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly templateValues?: Readonly<Record<string, string>>;
}

interface Target {
  readonly name: string;
  readonly clusterSelector: LabelSelector;
  readonly helm?: HelmOptions;
}

export interface FleetYaml {
  readonly name: string;
  readonly defaultNamespace: string;
  readonly helm: HelmOptions;
  readonly keepResources?: boolean;
  readonly dependsOn?: readonly { readonly name: string }[];
  readonly overrideTargets: readonly Target[];
  readonly targetCustomizations?: readonly Target[];
  readonly rolloutStrategy?: { readonly partitions: readonly Target[] };
}

interface GitRepo {
  readonly spec: {
    readonly paths?: readonly string[];
    readonly bundles?: readonly { base: string; options: string }[];
  };
}

const home = 'delivery/rancher-fleet';
const helmMembers = [
  ...['releaseName', 'chart', 'repo', 'version', 'values', 'templateValues'],
  ...['takeOwnership', 'atomic', 'timeoutSeconds'],
];

function heldAt(files: Files, site: string, _at?: FilesAt, stuck?: Set<string>): HeldUnit[] {
  const cluster = objectAt<Cluster>(files, joinPath(recordFolder('rancher-fleet', site), 'cluster.yaml'));
  only(cluster.spec ?? {}, 'the spec of a Cluster', ['templateValues']);
  const labels = checkedLabels(cluster.metadata.labels);
  const bundles = bundlesOf(files);
  const own = bundles.filter(({ options }) =>
    options.overrideTargets.some(({ clusterSelector }) => selects(clusterSelector, labels)),
  );
  const names = new Set(own.map(({ options }) => options.name));
  return own.flatMap(({ folder, options }) =>
    unlessStuck(options.name, stuck, () => {
      const { name, dependsOn = [], rolloutStrategy } = options;
      for (const other of dependsOn)
        if (!names.has(other.name)) throw new Refused(`${name} waits for good for ${other.name} at ${site}`);
      if (rolloutStrategy && !rolloutStrategy.partitions.some((one) => selects(one.clusterSelector, labels)))
        throw new Refused(`no partition of ${name} has ${site}`);
      return [bundleAt(files, folder, options, cluster)];
    }),
  );
}

/** Folders with a `fleet.yaml` below the paths of the GitRepo. */
function bundlesOf(files: Files): { readonly folder: string; readonly options: FleetYaml }[] {
  const { spec } = objectAt<GitRepo>(files, joinPath(home, 'gitrepo.yaml'));
  const { paths = [] } = only<GitRepo['spec']>(spec, 'a GitRepo', ['repo', 'branch', 'clientSecretName', 'paths']);
  return paths.flatMap((path) =>
    filesBelow(files, path)
      .filter((file) => file.endsWith('/fleet.yaml'))
      .map((file) => ({ folder: file.slice(0, -'/fleet.yaml'.length), options: fleetYaml(files, file) })),
  );
}

function fleetYaml(files: Files, path: string): FleetYaml {
  return only<FleetYaml>(objectAt(files, path), path, [
    ...['name', 'labels', 'defaultNamespace', 'helm', 'keepResources', 'correctDrift', 'dependsOn'],
    ...['overrideTargets', 'targetCustomizations', 'rolloutStrategy'],
  ]);
}

/** The first customization that matches, over what the bundle says of all. */
function bundleAt(files: Files, folder: string, options: FleetYaml, cluster: Cluster): HeldUnit {
  const { name, defaultNamespace: namespace, keepResources = false, targetCustomizations = [] } = options;
  const labels = cluster.metadata.labels ?? {};
  const target = targetCustomizations.find(({ clusterSelector }) => selects(clusterSelector, labels));
  const helm = only<HelmOptions>({ ...options.helm, ...target?.helm }, `helm of ${name}`, helmMembers);
  const { releaseName = '' } = helm;
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(releaseName) || releaseName.length > 53)
    throw new Refused(`${releaseName} is no name of a release`);
  const values = valuesAt(helm, cluster);
  const isOwn = namesIn(files, folder).includes(helm.chart) && helm.repo === undefined;
  if (!isOwn && (helm.repo === undefined || helm.version === undefined))
    throw new Refused(`${name} has no chart ${helm.chart}`);
  const objects = isOwn
    ? renderedChart(files, joinPath(folder, helm.chart), values, namespace)
    : [
        releaseObject({
          ...ofRepo(helm.chart, helm.repo ?? ''),
          version: helm.version ?? '',
          namespace,
          releaseName,
          values,
        }),
      ];
  return {
    name,
    objects,
    makes: namespace,
    prunes: (object) => !isKept(object),
    removes: (object) => !keepResources && !isKept(object),
  };
}

/** Of a chart in a registry the whole address stands in `repo`, and Rancher Fleet does not look at `chart`. */
function ofRepo(chart: string, repo: string) {
  return repo.startsWith('oci://') ? chartAddress(repo, undefined) : { chart, repo };
}

function isKept({ metadata }: KubeObject): boolean {
  const annotations = metadata.annotations as Readonly<Record<string, string>> | undefined;
  return annotations?.['helm.sh/resource-policy'] === 'keep';
}

function valuesAt({ values = {}, templateValues = {} }: HelmOptions, { metadata, spec }: Cluster): unknown {
  const text = JSON.stringify(values);
  if (text.includes('${') || text.includes('global.fleet.clusterLabels.'))
    throw new Refused(`values are a template, too: ${text}`);
  const context = {
    ClusterName: metadata.name,
    ClusterNamespace: metadata.namespace,
    ClusterLabels: metadata.labels ?? {},
    ClusterAnnotations: metadata.annotations ?? {},
    ClusterValues: spec?.templateValues ?? {},
  };
  const filled = Object.entries(templateValues).map(([key, template]) => {
    if (typeof template !== 'string') throw new Refused(`templateValues.${key} is no text`);
    return [key, valuesIn(fillGoTemplate(template, context, DOLLAR))] as const;
  });
  return { ...values, ...Object.fromEntries(filled) };
}

/** Files that a cluster which sites share is given, by path in the assembly. */
export function fleetSharedFiles(files: Files, id: string): string[] {
  const record = objectAt<Cluster>(files, `${home}/clusters/${id}/cluster.yaml`);
  const { bundles = [] } = objectAt<GitRepo>(files, `${home}/clusters.yaml`).spec;
  return bundles.flatMap(({ base, options }) => {
    const { overrideTargets } = fleetYaml(files, joinPath(base, options));
    const isOwn = overrideTargets.some(({ clusterSelector }) => selects(clusterSelector, record.metadata.labels ?? {}));
    return isOwn ? filesBelow(files, base) : [];
  });
}
