import type { Layer, LayerVariant } from '../../model/layer';
import { hasToken, type TokenTable } from '../../model/token';
import { type GoTemplateDialect, goTemplateText } from '../../render/layer/go-template-text';
import { layerLabel, VALUES_ANNOTATION } from './names';

/** Texts of an ApplicationSet are templates, each for itself. @see argoproj/argo-cd, docs/operator-manual/applicationset/GoTemplate.md */
const DIALECT: GoTemplateDialect = { open: '{{', close: '}}', expression: (variable) => `$v.${variable}` };

const siteValues = `{{ $v := (mustFromJson (index .metadata.annotations ${quoted(VALUES_ANNOTATION)})).v }}`;

/** A label of the cluster. */
export function clusterLabel(label: string): string {
  return `{{ index .metadata.labels ${quoted(label)} }}`;
}

/**
 * The values of a site that a layer takes, as JSON: of other values no Application is told, so a change of them does not touch it. A site that has none
 * of its values yet stops the ApplicationSet, which leaves all Applications as they are.
 */
export function pickedValues({ variants }: Layer): string | undefined {
  const names = [...new Set(variants.flatMap(({ variables }) => variables.map(({ name }) => name)))].sort();
  if (names.length === 0) return undefined;
  return `${siteValues}{{ dict "v" (pick $v ${names.map(quoted).join(' ')}) | toRawJson }}`;
}

/**
 * A text that each variant has its own of, with the site's values in it. A variant that is not known yet stops the ApplicationSet.
 * `textOf` gives it with tokens.
 */
export function variantText(layer: Layer, textOf: (variant: LayerVariant) => string, tokens: TokenTable): string {
  const texts = layer.variants.map((variant) => {
    const text = textOf(variant);
    return { name: variant.name, text, template: goTemplateText(text, tokens, DIALECT) };
  });
  const values = texts.some(({ text }) => hasToken(text)) ? siteValues : '';
  const [first, ...others] = texts;
  if (first && others.every(({ template }) => template === first.template)) return `${values}${first.template}`;
  const label = layerLabel(layer.name);
  const branches = texts.map(
    ({ name, template }, i) => `{{ ${i === 0 ? 'if' : 'else if'} eq $variant ${quoted(name)} }}${template}`,
  );
  const unknown = `{{ else }}{{ fail (printf "%s has no variant %q" ${quoted(layer.name)} $variant) }}{{ end }}`;
  return `${values}{{ $variant := index .metadata.labels ${quoted(label)} }}${branches.join('')}${unknown}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
