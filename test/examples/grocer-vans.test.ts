import { CNI_PLUGINS_VERSION } from '../../lib/catalog/cni-plugins';
import { sha256 } from '../../lib/model/digest';
import { cniPluginsFileName, kubeEdgeFileNames } from '../../lib/model/lock/kubeedge';
import { ExampleCopy, synthInChild } from '../support/child-synth';
import { filesOf } from '../support/with-files';

const VERSION = 'v1.23.1';
const TREE = 'nodes/van.agent.gateway';
const example = new ExampleCopy('grocer');
let files: Record<string, string>;

/** The example, with the operating system of which the program tells in a comment, and a lock with checksums that are none of KubeEdge's. */
beforeAll(async () => {
  const hardware = 'hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) })';
  example.edit('grocer.ts', (text) =>
    text.replace(`'gateway', { ${hardware} }`, `'gateway', { ${hardware}, operatingSystem: raspios }`),
  );
  example.edit('artifacts.lock.json', (text) => JSON.stringify({ ...JSON.parse(text), ...locked() }));
  for (const [file, sites] of [['stores.csv', 2] as const, ['superstores.csv', 1] as const]) {
    const first = (text: string) => text.split('\n').slice(0, sites + 1);
    example.edit(file, (text) => `${first(text).join('\n')}\n`);
  }
  const made = await synthInChild(`${example.folder}/grocer.ts`, example.path('dist'));
  expect(made).toMatchObject({ status: 0, stderr: '' });
  files = filesOf(example.path('dist'));
}, 60_000);
afterAll(() => example.remove());

function locked() {
  const file = (name: string) => ({ file: name, url: `https://releases.example/v/${name}`, sha256: sha256(name) });
  const names = kubeEdgeFileNames(VERSION, 'arm64');
  const archive = (name: string) => ({ ...file(name), sha512: sha256(name).repeat(2) });
  const lockedOn = '2026-11-24';
  return {
    kubeedge: { [VERSION]: { lockedOn, arm64: { edgecore: archive(names.edgecore), keadm: archive(names.keadm) } } },
    cniPlugins: {
      [CNI_PLUGINS_VERSION]: {
        lockedOn,
        arm64: { archive: file(cniPluginsFileName(CNI_PLUGINS_VERSION, 'arm64')) },
      },
    },
  };
}

function folderOf(site: string): string {
  const path = Object.keys(files).find((name) => name.includes(`/${site}/nodes/`));
  if (path === undefined) throw new Error(`no machines of ${site}`);
  return path.slice(0, path.indexOf('/nodes/') + '/nodes'.length);
}

test('thirty vans have one node tree, which dials cloudcore by its first name', () => {
  expect(Object.keys(files).filter((path) => /^nodes\/van\./.test(path) && !path.startsWith(`${TREE}/`))).toEqual([]);
  const configuration = files[`${TREE}/files/etc/edgecdk/kubeedge/edgecore.yaml`];
  expect(configuration).toContain('vans.grocer.example:10000');
  expect(files[`${TREE}/apply.sh`]).toMatch(/^#!\/bin\/sh/);
  expect(files[`${TREE}/settings`]).toContain(sha256(kubeEdgeFileNames(VERSION, 'arm64').edgecore));
});

test('each van has an identity and a seed of its own, and no certificate in them', () => {
  for (const van of ['van-001', 'van-030']) {
    const folder = `${folderOf(van)}/${van}-gateway-1`;
    expect(files[`${folder}/identity/files/etc/hostname`]).toBe(`${van}-gateway-1\n`);
    expect(files[`${folder}/seed/user-data`]).toMatch(/^#cloud-config/);
  }
  expect(Object.values(files).filter((text) => /-----BEGIN (EC |RSA )?PRIVATE KEY/.test(text))).toEqual([]);
});

test('somebody must bring each van a certificate of its own', () => {
  expect(JSON.parse(files['secrets.json'] ?? '')).toMatchObject({
    machines: expect.arrayContaining([
      expect.objectContaining({
        name: 'kubeedge-certificate',
        keys: ['ca.crt', 'node.crt', 'node.key'],
        perNode: true,
        trees: ['van.agent.gateway'],
      }),
    ]),
  });
});

test('what changes on them later comes from their cluster', () => {
  expect(files['clusters/cloud/manifests/10-edgecdk-nodes.yaml']).toContain('edgecdk.dev/tree: van.agent.gateway');
});
