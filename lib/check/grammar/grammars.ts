import { DEVICE_LIMITS } from '../../catalog/kubeedge-devices';
import { parseQuantity } from '../quantity';
import { isCron } from './cron';

/** What a field takes. */
export interface Grammar {
  /** Said after "takes": `a DNS label (...)`. */
  readonly means: string;
  /** YAML types: Kubernetes refuses `8080` where it wants text, and `"8080"` where it wants a number. */
  readonly types: readonly ('string' | 'number')[];
  readonly accepts: (text: string) => boolean;
}

function text(means: string, pattern: RegExp, longest = Number.POSITIVE_INFINITY): Grammar {
  const accepts = (value: string) => value.length <= longest && pattern.test(value);
  return { means, types: ['string'], accepts };
}

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const labelPattern = new RegExp(`^${label}$`);
const subdomainPattern = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const hostPattern = new RegExp(`^(\\*\\.)?${label}(\\.${label})*$`);

const dnsLetters = "lower-case letters, digits and '-', a letter or digit at both ends";

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const dnsLabel = text(`a DNS label (up to 63 ${dnsLetters})`, labelPattern);
export const dnsSubdomain = shortSubdomain(253);
export const serviceName = text(
  "the name of a Service (up to 63 lower-case letters, digits and '-', a letter first, a letter or digit last)",
  /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
);
/** RBAC names may be more than DNS names: `system:node`. */
export const pathSegment = text("a name without '/' and '%'", /^(?!\.{1,2}$)[^/%]+$/);

export function shortSubdomain(longest: number): Grammar {
  return text(`a DNS name (up to ${longest} ${dnsLetters}, in parts joined by '.')`, subdomainPattern, longest);
}

export function shortLabel(longest: number): Grammar {
  return text(`a DNS label (up to ${longest} ${dnsLetters})`, labelPattern, longest);
}

const qualifiedName = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export const labelKey: Grammar = {
  means: "a name of up to 63 letters, digits, '-', '_' and '.', after a DNS name and '/' if it has a prefix",
  types: ['string'],
  accepts(value) {
    const slash = value.indexOf('/');
    const prefix = slash === -1 ? undefined : value.slice(0, slash);
    return qualifiedName.test(value.slice(slash + 1)) && (prefix === undefined || dnsSubdomain.accepts(prefix));
  },
};

export const labelValue = text(
  "a label value (up to 63 letters, digits, '-', '_' and '.', a letter or digit at both ends)",
  /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/,
);

/** Annotations fold the case of the whole key before the same check. */
export const annotationKey: Grammar = { ...labelKey, accepts: (value) => labelKey.accepts(value.toLowerCase()) };

export const anyText: Grammar = { means: 'text (quote it)', types: ['string'], accepts: () => true };

/** Kubernetes before 1.30 takes no other letters. */
export const envName = text(
  "the name of a variable (letters, digits, '_', '-' and '.', no digit first)",
  /^[A-Za-z_.-][A-Za-z0-9_.-]*$/,
);

const imagePart = '[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*';
// Without a period or a port it is not a host but part of the name, which is in lower case.
const imageHost =
  '(?:localhost|(?:[A-Za-z0-9-]+|\\[[0-9a-fA-F:]+\\]):\\d{1,5}|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+(?::\\d{1,5})?)';

/** @see https://github.com/distribution/reference, reference.go */
export const image = text(
  'an image reference (registry/name:tag or registry/name@digest, the name in lower case)',
  new RegExp(
    `^(?:${imageHost}/)?${imagePart}(?:/${imagePart})*(?::\\w[\\w.-]{0,127})?(?:@[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,})?$`,
  ),
  512,
);

const portNamePattern = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
export const portName = text(
  "a port name (up to 15 lower-case letters, digits and single '-', with a letter)",
  portNamePattern,
);

function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535;
}

export const portNumber: Grammar = { means: 'a port (1 to 65535)', types: ['number'], accepts: isPort };
export const port: Grammar = {
  means: 'a port, by number (1 to 65535) or name',
  types: ['number', 'string'],
  // A number in quotes would be looked up as a name, and no name is a number.
  accepts: (value) => isPort(value) || portNamePattern.test(value),
};

/** For fields in which nothing (empty text, or 0) is the same as no field. */
export function orNothing(grammar: Grammar): Grammar {
  const nothing = grammar.types.includes('number') ? '0' : '';
  return { ...grammar, accepts: (value) => value === nothing || grammar.accepts(value) };
}

export const count: Grammar = {
  means: 'a whole number, not negative',
  types: ['number'],
  accepts: (value) => /^\d{1,15}$/.test(value),
};
export const integer: Grammar = {
  means: 'a whole number',
  types: ['number'],
  accepts: (value) => /^-?\d{1,15}$/.test(value),
};
export const countOrPercent: Grammar = {
  means: 'a whole number, or a percentage such as "25%"',
  types: ['number', 'string'],
  accepts: (value) => /^\d{1,9}%?$/.test(value),
};

export const quantity: Grammar = {
  means: 'a quantity such as 250m, 64Mi or 2, not negative',
  types: ['string', 'number'],
  accepts: (value) => (parseQuantity(value) ?? -1) >= 0,
};

export const host: Grammar = {
  means: "a DNS name (lower-case letters, digits and '-', in parts joined by '.'; '*.' may lead), no IP address",
  types: ['string'],
  accepts: (value) => value.length <= 253 && hostPattern.test(value) && !/^[\d.]+$/.test(value),
};

export const urlPath: Grammar = {
  means: "a path that starts with '/', without white space, '//', '/./' and '/../' in it",
  types: ['string'],
  accepts: (value) => /^\/\S*$/.test(value) && !/\/\/|\/\.{1,2}(\/|$)/.test(value),
};
export const absolutePath = text("an absolute path without ':'", /^\/[^:\0]*$/);

export const cron: Grammar = {
  means: "five fields of minute, hour, day, month and weekday, such as '0 3 * * *', or a word such as @daily",
  types: ['string'],
  accepts: isCron,
};

/** What KubeEdge's twin of a device can hold. */
export const twinValue = text(
  "a value of a twin (up to 512 letters, digits and any of '-_.,:/@#', no space)",
  DEVICE_LIMITS.twinValue,
);

export const dataKey = text(
  "a key of up to 253 letters, digits, '-', '_' and '.', not '.' or starting with '..'",
  /^(?!\.$)(?!\.\.)[A-Za-z0-9_.-]+$/,
  253,
);
