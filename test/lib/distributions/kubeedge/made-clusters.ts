import { ContainerWorkload, Placement, Run, Size, Storage, SynthError } from 'edgecdk';
import { parseAllDocuments } from 'yaml';
import { formatProblem } from '../../../../lib/model/problem';
import { APP, type VanFleet, vanFleet, withVanLock } from '../../../support/van-fleet';
import { filesOf, withFiles } from '../../../support/with-files';

export type Made = Parameters<NonNullable<VanFleet['more']>>[0];

// biome-ignore lint/suspicious/noExplicitAny: fields of objects are looked at by name
export type Loose = any;

/** Files below `clusters/edge` once a fleet of vans is synthesized. */
export function clusterFiles(described: VanFleet): Record<string, string> {
  const run = (root: string) => {
    vanFleet(described, root).synth();
    return filesOf(`${root}/dist/clusters/edge`);
  };
  return described.machines ? withVanLock(run) : withFiles({}, run);
}

export function objectsIn(files: Record<string, string>, start: string): Loose[] {
  return Object.entries(files)
    .filter(([path]) => path.startsWith(start))
    .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS()));
}

/** What is wrong with a fleet, one line each; errors and warnings. */
export function problems(described: VanFleet): string[] {
  const run = (root: string) => {
    try {
      return vanFleet(described, root).synth().warnings;
    } catch (e) {
      if (e instanceof SynthError) return e.problems;
      throw e;
    }
  };
  return (described.machines ? withVanLock(run) : withFiles({}, run)).map(formatProblem);
}

export const names = (objects: readonly Loose[]) =>
  objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();

/** A workload with holes, one with a claim, one on every node, and one that is the same everywhere. */
export function fourWorkloads({ fleet, van: place, gateway }: Made): void {
  new ContainerWorkload(fleet, 'scanner', {
    ...APP,
    env: ({ site }) => ({ PLATE: site.values.plate }),
    files: { '/etc/scanner/all': 'the same\n' },
    placement: Placement.on(place).onNodes(gateway),
  });
  new ContainerWorkload(fleet, 'db', {
    ...APP,
    mounts: { '/data': Storage.claim(Size.gibibytes(1)) },
    placement: Placement.on(place).onNodes(gateway),
  });
  new ContainerWorkload(fleet, 'agent', { ...APP, run: Run.onEveryNode(), placement: Placement.on(place) });
  new ContainerWorkload(fleet, 'clock', { ...APP, namespace: 'shop', placement: Placement.on(place).onNodes(gateway) });
}
