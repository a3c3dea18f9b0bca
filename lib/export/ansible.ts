import { relative, sep } from 'node:path';
import type { Assembly } from '../assembly/read-assembly';
import type { SiteRecord } from '../model/assembly-record';
import { compareText } from '../model/digest';
import { error, type Problem } from '../model/problem';
import { type AnsibleHost, ansibleHosts, ansibleInventory } from './ansible-inventory';
import { ansiblePlaybook, ansibleTasks, tasksFile } from './ansible-playbook';
import type { FolderFile } from './export-folder';

export interface AnsibleRequest {
  /** Names of sites. @default - all */
  readonly sites?: readonly string[];
  /** Site values that all must hold, as text. @default - none */
  readonly where?: Readonly<Record<string, string>>;
  /** Where it is written: the playbook finds the assembly from there. */
  readonly to: string;
}

export interface AnsibleExport {
  readonly hosts: readonly AnsibleHost[];
  /** Names of chosen sites for whose nodes the assembly has no files. */
  readonly without: readonly string[];
  readonly files: readonly FolderFile[];
}

/** Inventory and playbook that bring machines to the trees of an assembly. No secret is in them. */
export function gatherAnsible(
  assembly: Assembly,
  request: AnsibleRequest,
): { readonly ansible?: AnsibleExport; readonly problems: readonly Problem[] } {
  const { fleet } = assembly.record;
  const sites = chosenSites(assembly, request);
  const unknown = (request.sites ?? []).filter((name) => !sites.named.has(name));
  if (unknown.length > 0)
    return { problems: unknown.map((name) => error(name, `is no site of ${fleet}; edgecdk list names them all`)) };
  const hosts = ansibleHosts(assembly, sites.chosen);
  if (hosts.length === 0)
    return {
      problems: [
        error(
          fleet,
          sites.chosen.length === 0
            ? 'has no site that was chosen by name and value; choose others'
            : 'has no files for the nodes of these sites in this assembly; give their device classes an operatingSystem, lock the artifacts (edgecdk lock), and synthesize',
        ),
      ],
    };
  const populated = new Set(hosts.map(({ site }) => site));
  const turns = hosts.reduce((most, { turn }) => Math.max(most, turn), 0);
  const path = relative(request.to, assembly.outDir).split(sep).join('/');
  const texts = {
    'inventory.yaml': ansibleInventory(hosts),
    'playbook.yaml': ansiblePlaybook(turns, path),
    [tasksFile]: ansibleTasks(),
  };
  return {
    ansible: {
      hosts,
      without: sites.chosen.map(({ name }) => name).filter((name) => !populated.has(name)),
      files: Object.entries(texts).map(([name, text]) => ({ path: name, content: Buffer.from(text) })),
    },
    problems: [],
  };
}

/** By name, so that the inventory does not hang on shards; and which of the names that were given are those of a site. */
function chosenSites(assembly: Assembly, { sites, where = {} }: AnsibleRequest) {
  const wanted = sites === undefined || sites.length === 0 ? undefined : new Set(sites);
  const chosen: SiteRecord[] = [];
  const named = new Set<string>();
  for (const site of assembly.sites()) {
    if (wanted?.has(site.name)) named.add(site.name);
    const fits = Object.entries(where).every(([name, text]) => String(site.values[name]) === text);
    if (fits && (wanted === undefined || wanted.has(site.name))) chosen.push(site);
  }
  return { chosen: chosen.sort((a, b) => compareText(a.name, b.name)), named };
}
