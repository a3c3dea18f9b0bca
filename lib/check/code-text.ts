import { siteValue } from '../model/hole-value';
import { fieldPath, walkScalars } from '../model/kube-object';
import { error, type Problem } from '../model/problem';
import { type HoleUse, splitTokens, type TokenTable } from '../model/token';
import { type Parts, showObject, showValue } from './filled-text';
import type { ObjectSet } from './object-set';

type Path = readonly (string | number)[];

/** A value of these letters means the same in JSON, YAML, a shell and a URL, and ends no quotes. */
const safe = /^[A-Za-z0-9_.,:@%+=/-]*$/;
const code = /[\n{}[\]<>"'`$;|&\\#()]|:\/\/|: /;

/** Site values inside text that something parses: they must be plain, or Encode must have said how they are written there. */
export function codeTextProblems(sets: readonly ObjectSet[], tokens: TokenTable): Problem[] {
  return sets.flatMap((set) => {
    const seen = new Set<string>();
    const problems: Problem[] = [];
    for (const object of set.objects) {
      walkScalars(object, (value, path, isKey) => {
        if (typeof value !== 'string' || isKey || seen.has(value)) return;
        const parts = splitTokens(value, tokens);
        if (!parts.some((part) => typeof part === 'object')) return;
        seen.add(value);
        const where = `${fieldPath(path)} of ${showObject(object, tokens)}`;
        problems.push(...jsonProblems(parts, where, set), ...unsafeProblems(parts, path, where, set));
      });
    }
    return problems;
  });
}

/** `site.json` is for one whole string: what else stands in the string knows nothing of its quotes. */
function jsonProblems(parts: Parts, where: string, { path }: ObjectSet): Problem[] {
  if (parts.length === 1) return [];
  return bareHoles(parts)
    .filter((use) => use.hole.startsWith('site.json.'))
    .map(({ hole }) =>
      error(
        path,
        `has ${hole} inside a longer text, at ${where}; it fills one whole string, or goes through Encode (Encode.shell, or Encode.json for JSON in a string of JSON)`,
      ),
    );
}

function unsafeProblems(parts: Parts, field: Path, where: string, { path, sites }: ObjectSet): Problem[] {
  if (parts.length === 1 || !isCode(parts, field)) return [];
  return bareHoles(parts)
    .filter((use) => !use.hole.startsWith('site.json.'))
    .flatMap(({ hole }) => {
      const unsafe = sites.filter((site) => {
        const value = siteValue(site, hole);
        return typeof value === 'string' && !safe.test(value);
      });
      const [first] = unsafe;
      if (!first) return [];
      const message =
        `has ${hole} in text that something parses, at ${where}, and ${showValue(String(siteValue(first, hole)))} could mean more than itself there; ` +
        `write it as ${remedy(parts, field, hole)}`;
      return [error(path, message, { sites: unsafe.map((site) => site.name) })];
    });
}

/** Holes that go through no encoder of the user's: `d` is ours, and keeps no text whole but `$(NAME)`. */
function bareHoles(parts: Parts): HoleUse[] {
  return parts.filter(
    (part): part is HoleUse => typeof part === 'object' && part.filters.every((filter) => filter === 'd'),
  );
}

function isCode(parts: Parts, field: Path): boolean {
  const literal = parts.map((part) => (typeof part === 'string' ? part : '')).join('');
  return code.test(literal) || (isCommand(field) && /\s/.test(literal));
}

/** `command` and `args` of containers, and the command of a probe or hook. */
function isCommand(field: Path): boolean {
  return field.some((part) => part === 'command' || part === 'args') && typeof field.at(-1) === 'number';
}

/** How the value is best written, by a guess from what stands around it. */
function remedy(parts: Parts, field: Path, hole: string): string {
  const literal = parts.map((part) => (typeof part === 'string' ? part : '')).join('');
  const file = String(field.at(-1));
  const how = (encoder: string) => `Encode.${encoder}(${hole})`;
  if (/\.json$/.test(file) || /^\s*[{[]/.test(literal)) return how('json');
  if (/\.sh$/.test(file) || literal.startsWith('#!') || isCommand(field)) return how('shell');
  if (/\.ya?ml$/.test(file)) return how('yaml');
  if (/^\s*[a-z][a-z0-9+.-]*:\/\/[^\s"']*$/i.test(literal)) return how('url');
  if (/^\s*(- )?[\w.-]+: /m.test(literal)) return how('yaml');
  return `the text wants it, with Encode.json, yaml, shell or url, or take such letters out of the site's values`;
}
