import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { microk8sIdentity } from '../../../../../lib/distributions/microk8s/node/identity';
import { MICROK8S_WAITS } from '../../../../../lib/distributions/microk8s/node/settings';
import { microk8sTree } from '../../../../../lib/distributions/microk8s/node/tree';
import { sha256 } from '../../../../../lib/model/digest';
import type { MicroK8sNodeInput } from '../../../../../lib/model/microk8s-node-input';
import type { NodeRecord } from '../../../../../lib/model/node-model';
import { below, identityFolder, treeFolder } from '../../../../../lib/render/node/folder';
import { makeNode, put, type ScratchNode } from '../../../render/node/script/scratch-node';
import { DEPOT, DEPOT_LABELS, DEPOT_NODES, DEPOT_SITE } from './sample-microk8s';
import { writeMicroK8sStubs } from './stub-microk8s';

export const TOKEN = '0123456789abcdef0123456789abcdef';
export const WAITS = { ...MICROK8S_WAITS, joinWait: 5, initialiseWait: 5, healthWait: 30, drainWait: 10 };

/** A machine and the script that was brought to it. */
export interface Machine {
  readonly node: ScratchNode;
  readonly script: string;
}

export interface Depot {
  readonly folder: string;
  readonly stubs: string;
  /** A machine with nothing on it, and the payload that it is brought. */
  machine(site: string, record: NodeRecord, input?: MicroK8sNodeInput, nodes?: readonly NodeRecord[]): Machine;
  /** Another payload for a machine. */
  bring(machine: Machine, record: NodeRecord, input: MicroK8sNodeInput, nodes?: readonly NodeRecord[]): Machine;
}

/** Sites with machines for the tests of one file, in a folder that is gone when they are done. */
export function depot(name: string): Depot {
  const folder = mkdtempSync(join(tmpdir(), `edgecdk-${name}-`));
  const stubs = join(folder, 'stubs');
  let count = 0;
  beforeAll(() => writeMicroK8sStubs(stubs));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const bring: Depot['bring'] = ({ node }, record, input, nodes = DEPOT_NODES) => {
    count += 1;
    return { node, script: writeDepotPayload(join(folder, `payload-${count}`), record, input, nodes) };
  };
  return {
    folder,
    stubs,
    bring,
    machine: (site, record, input = DEPOT, nodes = DEPOT_NODES) => {
      const address = record.address.kind === 'dynamic' ? '10.0.0.99' : record.address.ip;
      const shared = join(folder, site, 'shared');
      const node = makeMicroK8sNode(join(folder, site, record.name), stubs, address, shared);
      return bring({ node, script: '' }, record, input, nodes);
    },
  };
}

export function makeMicroK8sNode(root: string, stubs: string, address: string, shared?: string): ScratchNode {
  const node = makeNode(root, stubs, address, shared);
  rmSync(join(node.shared, 'up', address), { force: true });
  for (const folder of ['clusters', 'roots']) mkdirSync(join(node.shared, folder), { recursive: true });
  const files = {
    'sim/machine': 'x86_64\n',
    'sim/hostname': 'not-ours\n',
    'proc/meminfo': 'MemTotal:        8043288 kB\n',
    'proc/mounts': 'proc /proc proc rw 0 0\n/dev/sda1 /var/snap/microk8s ext4 rw 0 0\n',
    'etc/hosts': '127.0.0.1 localhost\n',
    'etc/edgecdk/secrets/microk8s-token': `${TOKEN}\n`,
    'etc/edgecdk/secrets/mirror-login': 'clerk:pass word"\n',
  };
  for (const [path, text] of Object.entries(files)) put(join(root, path), text);
  return node;
}

export function writeDepotPayload(
  folder: string,
  record: NodeRecord,
  input: MicroK8sNodeInput,
  nodes: readonly NodeRecord[] = DEPOT_NODES,
): string {
  const tree = microk8sTree(input, record.role, WAITS);
  const identity = microk8sIdentity(record, nodes, DEPOT_LABELS, DEPOT_SITE, input);
  const files = { ...below('tree', treeFolder(tree)), ...below('identity', identityFolder(identity)) };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return join(folder, 'tree/apply.sh');
}

/** Snaps and their assertions as a medium has them, with the checksums that are locked. */
export function writeArtifacts(folder: string, revision: number) {
  const snaps = (['core20_2434', `microk8s_${revision}`] as const).map((file) => {
    put(join(folder, `${file}.snap`), `snap ${file}\n`);
    put(join(folder, `${file}.assert`), `assertions of ${file}\n`);
    const [name = '', number] = file.split('_');
    return {
      name,
      revision: Number(number),
      snapSha256: sha256(`snap ${file}\n`),
      assertSha256: sha256(`assertions of ${file}\n`),
    };
  });
  put(join(folder, 'microk8s-images-amd64.tar'), 'images\n');
  return {
    lockedOn: '2026-11-01',
    snaps: { amd64: snaps },
    images: { amd64: { file: 'microk8s-images-amd64.tar', sha256: sha256('images\n') } },
  };
}

/** Lines of a file; none where there is no file. */
export function lines({ root }: ScratchNode, path: string): string[] {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8').split('\n').slice(0, -1) : [];
}
