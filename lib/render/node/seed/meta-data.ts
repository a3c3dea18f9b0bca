import type { NodeRecord } from '../../../model/node-model';
import { yamlText } from '../yaml-text';

/**
 * The instance-id changes with the generation and with nothing else: with another one, cloud-init takes the machine for a new one and makes its host keys anew.
 */
export function metaData({ site, slot, generation, name }: NodeRecord): string {
  return yamlText({ 'instance-id': `${site}-${slot}-${generation}`, 'local-hostname': name });
}

/** For all machines of a site: each takes itself for new, once. Its name comes with its identity. */
export function siteMetaData(site: string, nodes: readonly NodeRecord[]): string {
  const generation = nodes.reduce((sum, node) => sum + node.generation, 0);
  return yamlText({ 'instance-id': `${site}-site-${generation}` });
}
