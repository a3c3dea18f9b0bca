import { fillHole } from '../model/hole-value';
import { describeObject, type KubeObject } from '../model/kube-object';
import type { SitePlan } from '../model/plan';
import { type HoleUse, splitTokens, type TokenTable } from '../model/token';

/** A text cut at its holes. */
export type Parts = readonly (string | HoleUse)[];

/** The text of one site. */
export function fillParts(parts: Parts, site: SitePlan): string {
  let text = '';
  for (const part of parts) text += typeof part === 'string' ? part : fillHole(site, part);
  return text;
}

export function isLiteral(parts: Parts): boolean {
  return parts.every((part) => typeof part === 'string');
}

export interface Failure {
  /** The text of the first site that fails. */
  readonly text: string;
  /** Names of all sites that fail; none for a text without holes. */
  readonly sites: readonly string[];
}

/** Tests what sites make of a text; undefined if all pass. Tests are cheaper than a look-up of what was tested before. */
export function failure(
  parts: Parts,
  sites: readonly SitePlan[],
  accepts: (text: string) => boolean,
): Failure | undefined {
  if (isLiteral(parts)) {
    const text = parts.join('');
    return accepts(text) ? undefined : { text, sites: [] };
  }
  const failing = sites.filter((site) => !accepts(fillParts(parts, site)));
  const [first] = failing;
  return first && { text: fillParts(parts, first), sites: failing.map((site) => site.name) };
}

/** A text for messages, its holes readable: `pos-<site.name>`. */
export function showText(text: string, tokens: TokenTable): string {
  return splitTokens(text, tokens)
    .map((part) => (typeof part === 'string' ? part : `<${part.hole}>`))
    .join('');
}

/** `Ingress shop/pos-<site.name>`. */
export function showObject(object: KubeObject, tokens: TokenTable): string {
  return showText(describeObject(object), tokens);
}

/** A value for messages: quoted, and not by the page. */
export function showValue(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}...` : value);
}
