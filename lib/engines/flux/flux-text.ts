import { escapeOdd, hasOdd } from '../../model/filter';
import { type KubeObject, mapScalars } from '../../model/kube-object';
import { type HoleUse, splitTokens, type TokenTable } from '../../model/token';
import { holeToken, variableName } from '../../model/variable';
import { printYaml } from '../../render/yaml-template';

/**
 * Variables that shared content takes besides those of sites: the same everywhere, so a Kustomization has them in `postBuild.substitute`. With one variable
 * at least, Flux substitutes at all, and `$$` becomes `$`.
 */
export const FLUX_CONSTANTS: Readonly<Record<string, string>> = { edgecdk_escape: '\\' };

/** On objects: Flux puts no variables into them. @see fluxcd/kustomize-controller, docs/spec/v1/kustomizations.md, Post build variable substitution */
export const FLUX_UNSUBSTITUTED = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } as const;

/**
 * Objects as shared content for Flux: variables of sites in the place of tokens, for `postBuild` of a Kustomization.
 *
 * Flux prints each object anew before it puts texts in, and leaves quotes out where it needs none; what it then reads is YAML again. So a text
 * stands as `${name/<what no text has>/}`: the bell character in it forces double quotes, in which the text of a variable is already escaped. What is taken
 * out, a point and a bell, is written `.\a` there, and no variable's text has that, for JSON escapes a bell otherwise, and a backslash by another. Numbers are bare.
 * @see https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_varsub.go
 */
export function fluxText(objects: readonly KubeObject[], tokens: TokenTable): string {
  return objects.map((object) => `---\n${objectText(object, tokens)}`).join('');
}

/** Whether an object asks Flux to put no variables into it: it stands there as it is. */
export function isUnsubstituted({ metadata }: KubeObject): boolean {
  return [metadata.labels, metadata.annotations].some((map) =>
    Object.entries(FLUX_UNSUBSTITUTED).every(
      ([name, value]) => (map as Readonly<Record<string, unknown>> | undefined)?.[name] === value,
    ),
  );
}

function objectText(object: KubeObject, tokens: TokenTable): string {
  if (isUnsubstituted(object)) return printYaml(object, tokens, () => false);
  return withVariables(
    printYaml(mark(object, tokens), tokens, () => false, isMarked),
    tokens,
  );
}

/** Stands before the code of a character that Flux would not carry as it is. Of private use; those of the user are marked themselves. */
const marker = '\ue000';
const isMarked = (text: string) => text.includes(marker);

/** What Flux would print so that it reads something else, as an escape that is put together when variables are put in. */
function mark(object: KubeObject, tokens: TokenTable): unknown {
  return mapScalars(object, (scalar) => {
    if (typeof scalar === 'number' || !(hasOdd(scalar) || isMarked(scalar))) return scalar;
    return splitTokens(scalar, tokens)
      .map((part) => (typeof part === 'string' ? markLiteral(part) : holeToken(part, tokens)))
      .join('');
  });
}

function markLiteral(text: string): string {
  const own = text.replaceAll(marker, `${marker}ue000`);
  return [...own].map((c) => (hasOdd(c) ? `${marker}${escapeOdd(c).slice(1)}` : c)).join('');
}

function withVariables(printed: string, tokens: TokenTable): string {
  const parts = splitTokens(printed, tokens);
  let text = '';
  for (const [i, part] of parts.entries()) {
    if (typeof part !== 'string') {
      text += variableOf(part);
      continue;
    }
    const [before, after] = [parts[i - 1], parts[i + 1]];
    let literal = part.replaceAll('$', '$$$$').replaceAll(marker, backslash); // `$$` in a replacement stands for one
    if (isText(before) && literal.startsWith(' ') && isLong(text)) literal = space + literal.slice(1);
    if (isText(after) && literal.endsWith(' ') && isLong(text + literal)) literal = literal.slice(0, -1) + space;
    text += literal;
  }
  return text;
}

function variableOf(use: HoleUse): string {
  return isText(use) ? `\${${variableName(use)}${quoting}}` : `\${${variableName(use)}}`;
}

const quoting = '/.\\u0007/';
const backslash = `\${edgecdk_escape${quoting}}`;
const space = `${backslash}u0020`;

/** A number is printed bare, through no filter; text is always between double quotes. */
function isText(part: string | HoleUse | undefined): part is HoleUse {
  return typeof part === 'object' && part.filters.length > 0;
}

/**
 * Whether Flux may break the line at what comes next. It breaks at spaces, and a break eats spaces beside it: those of a value, too. So a space beside a
 * variable is an escape, but in lines that are too short to be broken. Flux may write what is not ASCII in ten characters.
 */
function isLong(text: string): boolean {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  return line.length + 9 * line.replace(/[\x20-\x7e]/g, '').length > 80;
}
