import { recordShardOf, shardOf } from './digest';

/** Folder of a site, relative to the output folder. */
export function siteFolder(site: string): string {
  return `sites/${shardOf(site)}/${site}`;
}

/** Folder of what belongs to the machines of a site. */
export function nodesFolder(site: string): string {
  return `${siteFolder(site)}/nodes`;
}

/** Folder of a cluster that sites share. */
export function clusterFolder(id: string): string {
  return `clusters/${id}`;
}

/** Where the objects of a site are: in its own folder, or in that of the cluster that it shares with others. `shared`: id of that. */
export function manifestsFolder(site: string, shared?: string): string {
  return manifestsIn(shardOf(site), site, shared);
}

/** Folder of what an engine reads. */
export function deliveryFolder(engine: string): string {
  return `delivery/${engine}`;
}

/** Folder of the record that makes a site itself. */
export function recordFolder(engine: string, site: string): string {
  return `${deliveryFolder(engine)}/sites/${recordShardOf(site)}/${site}`;
}

/** Objects of a site in full, where it pulls shared content: for people to read. */
export function expandedFolder(site: string): string {
  return `${siteFolder(site)}/expanded`;
}

/** The same of any site, for people. */
export function anyManifestsFolder(shared?: string): string {
  return manifestsIn('*', '<site>', shared);
}

/** What a workload has once in a cluster that sites share. */
export function sharedWorkloadFile(shared: string, workload: string): string {
  return `${clusterFolder(shared)}/manifests/workloads/${workload}.yaml`;
}

function manifestsIn(shard: string, site: string, shared: string | undefined): string {
  return shared === undefined ? `sites/${shard}/${site}/manifests` : `${clusterFolder(shared)}/sites/${shard}/${site}`;
}
