import { isAbsolute, join, resolve } from 'node:path';
import { recipientsOf } from '../../model/encrypted-secret';
import type { SecretStoreModel } from '../../model/fleet-model';
import type { KubeObject } from '../../model/kube-object';
import type { Plan, RenderUnit } from '../../model/plan';
import { error, listSome, type Problem } from '../../model/problem';
import type { SecretRecord } from '../../model/secret-record';
import { ContentError, type RenderContext } from '../render-context';
import { secretRecords } from '../secret-records';
import { secretKeyFault } from '../workload/container/secrets';
import { parseManifest } from '../workload/manifest';
import { encryptCommand, recipientsCommand, slotTemplate, sopsConfig } from './commands';
import { slotFaults } from './slot-faults';

/** Secrets that the team encrypted, each read once. */
export interface SecretSlots {
  /** By namespace and name: `shop/pos-pos-db`. */
  readonly secrets: ReadonlyMap<string, KubeObject>;
  /** Text by path in the assembly. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

type Sops = SecretStoreModel & { readonly kind: 'sops' };

/** Reads what the fleet's secret store has for the secrets that workloads name. All that is wrong is told at once, with what to write and to run. */
export function readSlots(plan: Plan, readFile: RenderContext['readFile']): SecretSlots {
  const { secrets: store, root, id } = plan.model;
  const none = { secrets: new Map<string, KubeObject>(), files: new Map<string, string>() };
  if (store?.kind !== 'sops') return { ...none, problems: [] };
  const faults = storeFaults(store, root);
  if (faults.length > 0) return { ...none, problems: faults.map((message) => error(id, message)) };
  const secrets = new Map<string, KubeObject>();
  const problems: Problem[] = [];
  for (const record of secretRecords(plan)) {
    // What is wrong with the names, the workload's renderer says: such a name is no path.
    if (record.keys.some((key) => secretKeyFault({ secret: record.secret, key }) !== undefined)) continue;
    const units = plan.units.filter(({ workload }) => workload.id === record.workload);
    const { object, messages, warnings } = readSlot(record, units, store, root, readFile);
    const path = units[0]?.workload.path ?? id;
    problems.push(...messages.map((message) => error(path, message)));
    problems.push(...warnings.map((message): Problem => ({ path, message, severity: 'warning' })));
    if (object) secrets.set(`${record.namespace}/${record.object}`, object);
  }
  const files = new Map([['delivery/sops/.sops.yaml', sopsConfig(store.location, store.age)]]);
  return { secrets, files, problems };
}

/** A private key must not be repeated in a message, and what is no recipient may be one. */
function storeFaults({ location, age }: Sops, root: string | undefined): string[] {
  const strange = age.filter((recipient) => !/^age1[0-9a-z]{20,}$/.test(recipient));
  return [
    ...(age.length === 0
      ? ["has a secret store that nobody can decrypt; give it public keys: SecretStore.sops({ age: ['age1...'] })"]
      : []),
    ...(strange.length > 0
      ? [
          `has a secret store with ${strange.length} of ${age.length} keys that are no public keys of age (not repeated here, since they may be private ones); take what \`age-keygen -y <file>\` prints: age1...`,
        ]
      : []),
    ...(root === undefined && !isAbsolute(location)
      ? [`keeps secrets in the relative folder ${location}, but the fleet has no root; give it \`root: __dirname\``]
      : []),
  ];
}

interface ReadSlot {
  readonly object?: KubeObject;
  readonly messages: readonly string[];
  readonly warnings: readonly string[];
}

function readSlot(
  record: SecretRecord,
  units: readonly RenderUnit[],
  { location, age }: Sops,
  root: string | undefined,
  readFile: RenderContext['readFile'],
): ReadSlot {
  const engines = new Set(units.map(({ delivery }) => delivery.engine));
  const idle = [...engines].filter(({ decrypts }) => decrypts === undefined).map(({ title }) => title);
  if (idle.length > 0)
    return {
      messages: [
        `names the secret ${record.secret}, which is encrypted with SOPS, and ${listSome(idle.sort())} decrypts nothing; take a delivery that does (Delivery.flux), or SecretStore.externalSecrets({ store: '...' }) or SecretStore.nodeFiles()`,
      ],
      warnings: [],
    };
  const annotations = Object.assign({}, ...[...engines].map(({ decrypts }) => decrypts?.annotations));
  const file = `${location}/${record.workload}/${record.secret}.yaml`;
  try {
    const objects = parseManifest(
      readFile(resolve(root ?? '.', join(location, record.workload, `${record.secret}.yaml`)), file),
      file,
    );
    const messages = slotFaults(objects, { record, file, age });
    const [object] = objects;
    if (messages.length > 0 || !object) return { messages, warnings: [] };
    const left = recipientsOf(object).filter((recipient) => !age.includes(recipient));
    return { object, messages, warnings: left.length > 0 ? [readByOthers(file, left)] : [] };
  } catch (e) {
    if (!(e instanceof ContentError)) throw e;
    const template = slotTemplate(record, annotations).trimEnd().replaceAll(/^/gm, '    ');
    return {
      messages: [
        `${e.message}; it holds the secret ${record.secret}, encrypted by your team. Write it, with values:\n${template}\n  and encrypt it before it goes anywhere:\n    ${encryptCommand(file, age)}`,
      ],
      warnings: [],
    };
  }
}

function readByOthers(file: string, recipients: readonly string[]): string {
  return `has ${file}, which ${recipients.join(', ')} can decrypt too, and the fleet's secret store does not name; add that to it, or take it out: ${recipientsCommand(file, { remove: recipients })}`;
}
