import type { MicroK8sChannelParts } from '../../../catalog/microk8s';
import { MICROK8S_OWNED_ARGUMENTS } from '../../../catalog/microk8s-arguments';
import { MICROK8S_LAUNCH_KEYS, type MicroK8sLaunchKey } from '../../../catalog/microk8s-launch';
import type { MicroK8sArgumentKey, MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import { launchVersion } from './launch';

/**
 * What is wrong with settings of services. The agent takes any key and any argument: one without dashes becomes a line that the service does not know,
 * and one that is misspelt is passed over or keeps the service from starting.
 */
export function launchRefusals({ cluster }: MicroK8sNodeInput, { minor }: MicroK8sChannelParts): Array<string | false> {
  return Object.entries(cluster.launch).flatMap(([key, values]) => {
    const known: MicroK8sLaunchKey | undefined = Object.hasOwn(MICROK8S_LAUNCH_KEYS, key)
      ? MICROK8S_LAUNCH_KEYS[key as keyof typeof MICROK8S_LAUNCH_KEYS]
      : undefined;
    if (known === undefined) return [`the launch configuration has no key '${key}', and MicroK8s would pass over it`];
    if (known.type === 'never') return [`the key '${key}' is never written: ${known.why}`];
    if (known.version === '0.2.0' && minor === '1.27')
      return [
        `MicroK8s ${minor} reads no launch configuration of version ${launchVersion([key])}, which '${key}' needs; take a later track`,
      ];
    return Object.entries(values ?? {}).map(([name, value]) => entryRefusal(key, known.type, name, value));
  });
}

function entryRefusal(
  key: string,
  type: MicroK8sLaunchKey['type'],
  name: string,
  value: string | null,
): string | false {
  switch (type) {
    case 'arguments': {
      if (!/^--[a-z][A-Za-z0-9-]*$/.test(name))
        return `${key} has '${name}', which is no argument; write it with its dashes and without its value: --max-pods`;
      const why = MICROK8S_OWNED_ARGUMENTS[key as MicroK8sArgumentKey]?.[name];
      if (why !== undefined) return `${key} has ${name}, which is not to be said there: ${why}`;
      return value !== null && lineRefusal(`${key} ${name}`, value);
    }
    case 'environment':
      if (!/^[A-Z_][A-Z0-9_]*$/i.test(name)) return `${key} has '${name}', which is no name of a variable`;
      return value !== null && lineRefusal(`${key} ${name}`, value);
    case 'files':
      // The agent means to refuse a slash, and does not: its comparison has its sides exchanged.
      if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name))
        return `${key} has a file '${name}'; take a plain name, without folders: it would be written outside of MicroK8s's folder`;
      return (
        isMicroK8sFile(name) &&
        `${key} has a file '${name}', which is MicroK8s's own; take another name, such as audit.yaml`
      );
    default:
      return false;
  }
}

/** Files in `args` are read line by line, and a node tree is readable by many. */
function lineRefusal(what: string, value: string): string | false {
  if (/\p{Cc}/u.test(value)) return `${what} has a line break or another control character; leave it out`;
  return (
    /:\/\/[^/\s]*@/.test(value) &&
    `${what} has credentials in its URL, and a node tree is readable by many; leave them out`
  );
}

const OWN_FILES = Object.values(MICROK8S_LAUNCH_KEYS).flatMap((key) => ('file' in key ? [key.file as string] : []));

function isMicroK8sFile(name: string): boolean {
  return OWN_FILES.includes(name) || /^(containerd(-template)?\.toml|ha-conf|kubectl|kubelite)$/.test(name);
}
