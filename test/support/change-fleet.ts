import { join } from 'node:path';
import { shardOf } from '../../lib/model/digest';
import { type NodeFleet, nodeFleet, withLock } from './node-fleet';
import { stamps, touched } from './stamps';
import { filesOf } from './with-files';

/** Two runs; what was written or removed by the second one, and what it says. */
export function change(
  first: NodeFleet,
  then: NodeFleet,
  options: { readonly between?: (outDir: string) => void; readonly synth?: object } = {},
) {
  return withLock((root) => {
    const outDir = join(root, 'dist');
    nodeFleet(root, first).synth({ outDir });
    options.between?.(outDir);
    const [before, stampsBefore] = [filesOf(outDir), stamps(outDir)];
    const result = nodeFleet(root, then).synth({ outDir, ...options.synth });
    const after = filesOf(outDir);
    return { result, before, after, paths: touched(stampsBefore, stamps(outDir)) };
  });
}

/** Folder of a site, relative to the output folder. */
export function folderOf(site: string): string {
  return `sites/${shardOf(site)}/${site}`;
}

export function mirror(url: string): NodeFleet {
  return { cluster: { registries: { 'docker.io': { endpoints: [url] } } } };
}
