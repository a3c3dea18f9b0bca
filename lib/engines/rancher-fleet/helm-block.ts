import { parse } from 'yaml';
import type { KubeObject } from '../../model/kube-object';
import type { LayerVariant } from '../../model/layer';
import { hasToken, type TokenTable } from '../../model/token';
import { type GoTemplateDialect, goTemplateText } from '../../render/layer/go-template-text';
import { printYaml } from '../../render/yaml-template';

/** What `helm` of a `fleet.yaml` says of one variant. */
export interface HelmBlock {
  readonly chart: string;
  readonly repo?: string;
  readonly version?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly templateValues?: Readonly<Record<string, string>>;
}

/** Strings of `templateValues` are templates of their own, which become YAML. @see rancher/fleet, internal/cmd/controller/target/builder.go */
export const FLEET_DIALECT: GoTemplateDialect = {
  open: '${',
  close: '}',
  expression: (variable) => `.ClusterValues.v.${variable}`,
};

/**
 * A variant that is a chart of ours: its own variables and no others, so that another value of a site touches the workloads that have it alone. They come
 * from the site's `Cluster`, and one that is not there is an error of the hub.
 */
export function ownChart({ name, variables }: LayerVariant): HelmBlock {
  if (variables.length === 0) return { chart: name };
  const lines = variables.map((one) => `${one.name}: \${ toJson .ClusterValues.v.${one.name} }\n`);
  return { chart: name, templateValues: { v: lines.join('') } };
}

interface HelmChartSpec {
  readonly chart?: string;
  readonly repo?: string;
  readonly version?: string;
  readonly targetNamespace?: string;
  readonly valuesContent?: unknown;
}

const known = new Set(['chart', 'repo', 'version', 'targetNamespace', 'valuesContent', 'createNamespace']);

/** A variant that is somebody else's chart, which the hub downloads. */
export function foreignChart(object: KubeObject, tokens: TokenTable): HelmBlock {
  const { chart = '', repo, version, valuesContent } = object.spec as HelmChartSpec;
  const tree = (typeof valuesContent === 'string' ? parse(valuesContent) : valuesContent) ?? {};
  const plain: [string, unknown][] = [];
  const templates: [string, string][] = [];
  for (const [key, value] of Object.entries(tree)) {
    if (isChanged(value))
      templates.push([
        key,
        goTemplateText(
          printYaml(value, tokens, () => false),
          tokens,
          FLEET_DIALECT,
        ),
      ]);
    else plain.push([key, value]);
  }
  return {
    ...address(chart, repo),
    ...(version !== undefined && { version }),
    ...(plain.length > 0 && { values: Object.fromEntries(plain) }),
    ...(templates.length > 0 && { templateValues: Object.fromEntries(templates) }),
  };
}

/** What Rancher Fleet has no field for, or no way to fill in; follows the path of the workload. */
export function foreignChartProblems(object: KubeObject): string[] {
  const spec = (object.spec ?? {}) as HelmChartSpec;
  const strange = Object.keys(spec).filter((key) => !known.has(key));
  const keys = Object.keys(typeof spec.valuesContent === 'object' ? (spec.valuesContent ?? {}) : {});
  return [
    ...strange.map((key) => `sets spec.${key} of its HelmChart, which Rancher Fleet has nothing for; leave it out`),
    ...(keys.some((key) => hasToken(key) || key.includes('${'))
      ? [
          "has a Helm value at the top whose name is a site value or has '${' in it, which Rancher Fleet does not take there; nest it",
        ]
      : []),
  ];
}

/** Of a chart in a registry, Rancher Fleet takes the whole address as `repo`, and its own `chart` as a folder of the bundle if it has that. */
function address(chart: string, repo: string | undefined): Pick<HelmBlock, 'chart' | 'repo'> {
  if (chart.startsWith('oci://')) return { repo: chart, chart: chart.slice(chart.lastIndexOf('/') + 1) };
  return { ...(repo !== undefined && { repo }), chart };
}

/** `values` are a template as a whole, and a string with this beginning becomes the value of a label. */
function isChanged(value: unknown): boolean {
  const text = JSON.stringify(value) ?? '';
  return hasToken(text) || text.includes('${') || text.includes('global.fleet.clusterLabels.');
}
