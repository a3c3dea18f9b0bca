import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gatherBundles } from '../../../lib/export/bundle';
import { openAssembly } from '../../../lib/export/open-assembly';
import { writeSummedTar } from '../../../lib/export/summed-tar';
import type { AssemblyRecord, CohortRecord } from '../../../lib/model/assembly-record';
import { shardOf } from '../../../lib/model/digest';
import { type MadeSite, machine, makeAssembly, writeFolder } from './make-assembly';

type Files = Readonly<Record<string, string>>;

/** A site with the texts of its manifests, by name. */
export interface StickSite extends MadeSite {
  readonly manifests: Files;
}

export function cohortOf(distribution: string, more: Partial<CohortRecord> = {}): CohortRecord {
  return {
    blueprint: 'grocer/store',
    distribution,
    version: 'v1',
    deviceClasses: [],
    workloads: {},
    files: {},
    sites: 1,
    ...more,
  };
}

export const COHORTS: AssemblyRecord['cohorts'] = {
  store: cohortOf('k3s'),
  depot: cohortOf('microk8s'),
  van: cohortOf('kubeedge', { shared: 'cloud' }),
  shed: cohortOf('fakeos'),
  kiosk: cohortOf('k3s', { delivery: 'courier' }),
};

export const made = (text: string): string =>
  `# Made by EdgeCDK from [grocer/${text}]. Changes belong there.\n---\n${text}: 1\n`;
export const WITHDRAWN = '# Withdrawn: EdgeCDK no longer places this here. K3s removes what stood in this file.\n';

export function makeStickAssembly(
  outDir: string,
  sites: readonly StickSite[],
  cohorts: AssemblyRecord['cohorts'] = COHORTS,
): string {
  makeAssembly(outDir, sites, cohorts);
  for (const { manifests, name } of sites)
    for (const [file, text] of Object.entries(manifests))
      writeFolder(outDir, { [`sites/${shardOf(name)}/${name}/manifests/${file}`]: text });
  return outDir;
}

/** The one bundle of an assembly, unpacked as a technician does it. */
export function unpack(outDir: string, to: string, images?: string): string {
  const { bundles, problems } = gatherBundles(openAssembly(outDir), { images });
  const [bundle] = bundles;
  if (bundle === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  const tar = `${to}.tar`;
  writeSummedTar(tar, bundle.files);
  mkdirSync(to, { recursive: true });
  const { status, stderr } = spawnSync('tar', ['-xf', tar, '-C', to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return to;
}

export const ARCHIVES = { 'app-arm64.tar.gz': 'images of arm64', 'app-amd64.tar.gz': 'images of amd64' };
export const SHOP = {
  '00-namespace-shop.yaml': made('namespace'),
  'pos.yaml': made('pos'),
  'prices.yaml': made('prices'),
};

/** Of two stores with K3s: `store-1` with a server and a till, and another whose name begins as its does. */
export function storeStick(folder: string): string {
  writeFolder(join(folder, 'images'), ARCHIVES);
  const assembly = makeStickAssembly(join(folder, 'stores'), [
    { name: 'store-1', nodes: [machine('store-1', 'box-1', 0), machine('store-1', 'till-1')], manifests: SHOP },
    { name: 'store-11', nodes: [machine('store-11', 'box-1', 0)], manifests: { 'pos.yaml': made('other') } },
  ]);
  return unpack(assembly, join(folder, 'stick-stores'), join(folder, 'images'));
}

/** Of `depot-1` with MicroK8s, with an object whose definition comes behind it. */
export function depotStick(folder: string): string {
  writeFolder(join(folder, 'images'), ARCHIVES);
  const manifests = { ...SHOP, 'a-thing.yaml': made('thing'), 'definition.yaml': made('definition') };
  const assembly = makeStickAssembly(join(folder, 'depots'), [
    { name: 'depot-1', nodes: [], cohort: 'depot', manifests },
  ]);
  return unpack(assembly, join(folder, 'stick-depots'), join(folder, 'images'));
}

/** A server of `store-1`. */
export const BOX = {
  'var/lib/rancher/k3s/server/token': 'K10',
  'var/lib/rancher/k3s/agent/x': '',
  'etc/edgecdk/identity.env': 'NODE_NAME=store-1-box-1\nRANK=0\n',
};
export const K3S_MANIFESTS = 'var/lib/rancher/k3s/server/manifests';
