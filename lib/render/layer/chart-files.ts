import { KEPT_KINDS } from '../../catalog/kubernetes';
import { apiGroup, type KubeObject } from '../../model/kube-object';
import type { Layer, LayerVariant } from '../../model/layer';
import { hasToken, type TokenTable } from '../../model/token';
import { printYaml } from '../yaml-template';
import { type GoTemplateDialect, goTemplateText } from './go-template-text';
import { escapeNoValue, hasNoValue } from './no-value';

/** @see https://helm.sh/docs/howto/charts_tips_and_tricks/ */
const keep = { 'helm.sh/resource-policy': 'keep' };

/** Where a chart finds the variables' texts: the value `v`, a map of strings. */
export const CHART_DIALECT: GoTemplateDialect = {
  open: '{{',
  close: '}}',
  expression: (variable) => `.Values.v.${variable}`,
  literal: escapeNoValue,
};

export interface ChartForm {
  /**
   * Whether definitions of the chart's own objects stand in `crds`, too: Helm looks up all kinds before it installs the first object, and what is there it
   * installs before it looks. It never updates them: that is for the templates. @default false
   */
  readonly isHelm?: boolean;
}

/**
 * A Helm chart with the content of a variant, text by path in its folder. Its version is the same for all: what it holds is known by the folder's commit or
 * digest, and a version that moves would stand in each change.
 */
export function chartFiles(
  layer: Pick<Layer, 'name'>,
  variant: LayerVariant,
  tokens: TokenTable,
  { isHelm = false }: ChartForm = {},
): Map<string, string> {
  const files = new Map([
    ['Chart.yaml', printPlain({ apiVersion: 'v2', name: layer.name, version: '0.0.0' }, tokens)],
    [`templates/${layer.name}.yaml`, templateText(variant, tokens)],
  ]);
  for (const crd of isHelm ? ownDefinitions(variant.objects) : [])
    files.set(`crds/${crd.metadata.name}.yaml`, printPlain(crd, tokens));
  return files;
}

function templateText({ objects }: LayerVariant, tokens: TokenTable): string {
  const documents = objects.map((object) => printYaml(withKeep(object), tokens, () => false, hasNoValue));
  return goTemplateText(documents.map((text) => `---\n${text}`).join(''), tokens, CHART_DIALECT);
}

function withKeep(object: KubeObject): KubeObject {
  if (!KEPT_KINDS.has(object.kind)) return object;
  const annotations = { ...(object.metadata.annotations as Record<string, string> | undefined), ...keep };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Definitions of kinds that the chart has objects of. Files in `crds` are no templates, so none with a hole is among them. */
function ownDefinitions(objects: readonly KubeObject[]): KubeObject[] {
  const kinds = new Set(objects.map(({ apiVersion, kind }) => `${apiGroup(apiVersion)}/${kind}`));
  return objects.filter((object) => {
    if (object.kind !== 'CustomResourceDefinition' || hasToken(JSON.stringify(object))) return false;
    const spec = object.spec as { readonly group?: string; readonly names?: { readonly kind?: string } } | undefined;
    return kinds.has(`${spec?.group}/${spec?.names?.kind}`);
  });
}

function printPlain(value: unknown, tokens: TokenTable): string {
  return printYaml(value, tokens, () => false);
}
