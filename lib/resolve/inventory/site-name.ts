import { show } from './show';

/** A DNS label (RFC 1123): it is in the names of nodes, objects and folders. */
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Why a value is no name of a site, with one that would be. */
export function siteNameProblem(name: unknown): string | undefined {
  if (name === undefined || name === null || name === '') return 'the site has no name; write one';
  if (typeof name !== 'string') return `the name must be text (found ${show(name)}); write it in quotes`;
  if (label.test(name)) return undefined;
  const slug = slugOf(name);
  const grammar = "at most 63 lower-case letters, digits and '-', with a letter or digit first and last";
  return `the name ${show(name)} is no DNS label (${grammar})${slug === '' ? '' : `; write "${slug}"`}`;
}

function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 63)
    .replace(/-$/, '');
}
