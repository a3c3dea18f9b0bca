import { CORE_SCHEMA, load } from 'js-yaml';
import { mapScalars } from '../../../lib/model/kube-object';
import { Refused } from './assembly-files';

/**
 * A model of what `postBuild` of a Kustomization does to an object, for what EdgeCDK writes: the object is printed, texts are put in, and the
 * outcome is read. The end-to-end tests run the real one.
 */
export function substituted<T extends object>(object: T, variables: Readonly<Record<string, string>>): T {
  return mapScalars(object, (scalar, _path, isKey) => {
    if (typeof scalar === 'number' || !scalar.includes('$')) return scalar;
    const number = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(scalar)?.[1];
    if (number === undefined || isKey) return quotedText(scalar, variables);
    const value = load(textOfVariable(number, variables), { schema: CORE_SCHEMA });
    if (typeof value !== 'number') throw new Refused(`${number} is no number and stands without quotes`);
    return value;
  }) as T;
}

const BELL = '\u0007';
const pattern = new RegExp(`\\$\\$|\\$\\{([A-Za-z_][A-Za-z0-9_]*)/\\.${BELL}/\\}|\\$`, 'g');

/** The bell in each variable makes Flux print the text in double quotes; what stands there in the end is read as such. */
function quotedText(text: string, variables: Readonly<Record<string, string>>): string {
  let printed = '';
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    const [action, name] = found;
    printed += JSON.stringify(text.slice(end, found.index)).slice(1, -1);
    if (action === '$') throw new Refused(`has a $ that is neither a variable nor escaped: ${JSON.stringify(text)}`);
    printed += name === undefined ? '$' : textOfVariable(name, variables);
    end = found.index + action.length;
  }
  printed += JSON.stringify(text.slice(end)).slice(1, -1);
  if (printed.includes(BELL)) throw new Refused(`has a bell: ${JSON.stringify(text)}`);
  try {
    return JSON.parse(`"${printed}"`) as string;
  } catch {
    throw new Refused(`is no text in double quotes: ${printed}`);
  }
}

function textOfVariable(name: string, variables: Readonly<Record<string, string>>): string {
  const value = variables[name];
  if (value === undefined) throw new Refused(`there is no variable ${name}`);
  return value;
}
