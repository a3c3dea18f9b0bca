import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { k3sAgentTree, k3sServerTree } from '../../../lib/distributions/k3s/node/tree';
import { kubeEdgeTree } from '../../../lib/distributions/kubeedge/node/tree';
import { microk8sTree } from '../../../lib/distributions/microk8s/node/tree';
import { gatherKit, type KitRequest } from '../../../lib/export/kit';
import { openAssembly } from '../../../lib/export/open-assembly';
import { sha256, shardOf } from '../../../lib/model/digest';
import type { KubeEdgeNodeInput } from '../../../lib/model/kubeedge-node-input';
import type { MicroK8sNodeInput } from '../../../lib/model/microk8s-node-input';
import type { NodeTree } from '../../../lib/model/node-tree';
import { formatProblem } from '../../../lib/model/problem';
import { below, treeFolder } from '../../../lib/render/node/folder';
import { selfSigned } from '../../support/self-signed';
import { VAN } from '../distributions/kubeedge/node/sample-input';
import { ALONE, DEPOT } from '../distributions/microk8s/node/sample-microk8s';
import { SINGLE } from '../render/node/sample-input';
import { machine, makeAssembly, makeCache, PRELOADED, writeFolder } from './make-assembly';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgecdk-kit-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const site = 'depot-1';

/** The kit of a site with one machine that has this tree. */
function gather(
  tree: NodeTree,
  manifests: Readonly<Record<string, string>> = {},
  more: Pick<KitRequest, 'images' | 'secrets'> = {},
) {
  const outDir = join(folder, 'dist');
  const rank = tree.role === 'server' ? 0 : undefined;
  makeAssembly(outDir, [{ name: site, nodes: [machine(site, 'box-1', rank)] }]);
  rmSync(join(outDir, 'nodes'), { recursive: true, force: true });
  writeFolder(outDir, below(`nodes/store.${tree.role}.box`, treeFolder(tree)));
  writeFolder(outDir, below(`sites/${shardOf(site)}/${site}/manifests`, manifests));
  const { kit, problems } = gatherKit(openAssembly(outDir), { site, cache: join(folder, 'cache'), ...more });
  const readme = kit?.files.find(({ path }) => path === 'README.txt');
  return {
    artifacts: kit?.files.flatMap(({ path }) => (path.startsWith('artifacts/') ? [path] : [])),
    kit,
    sheet: readme && 'content' in readme ? readme.content.toString() : '',
    problems: problems.map((problem) => `${problem.severity} ${formatProblem(problem)}`),
  };
}

function preloaded(runtime: KubeEdgeNodeInput['runtime'] = 'containerd'): NodeTree {
  return kubeEdgeTree({
    ...VAN,
    runtime,
    install: { mode: 'preloaded' },
    artifacts: {
      ...VAN.artifacts,
      edgecoreSha256: { arm64: sha256('edgecore') },
      keadmSha256: { arm64: sha256('keadm') },
      cniVersion: 'v1.9.1',
      cniSha256: { arm64: sha256('plug-ins') },
    },
  });
}

const ofKubeEdge = {
  'kubeedge/v1.23.1/kubeedge-v1.23.1-linux-arm64.tar.gz': 'edgecore',
  'kubeedge/v1.23.1/keadm-v1.23.1-linux-arm64.tar.gz': 'keadm',
  'cni-plugins/v1.9.1/cni-plugins-linux-arm64-v1.9.1.tgz': 'plug-ins',
};

describe('KubeEdge', () => {
  test('has its archives and the CNI plug-ins on the medium, by the names that apply.sh looks for', () => {
    writeFolder(join(folder, 'cache'), ofKubeEdge);
    const { artifacts, sheet, problems } = gather(preloaded());
    expect(problems).toEqual([]);
    expect(artifacts).toEqual([
      'artifacts/cni-plugins-linux-arm64-v1.9.1.tgz',
      'artifacts/keadm-v1.23.1-linux-arm64.tar.gz',
      'artifacts/kubeedge-v1.23.1-linux-arm64.tar.gz',
    ]);
    expect(sheet).toContain('[ ] CNI plug-ins v1.9.1, KubeEdge v1.23.1 are on it, in the folder artifacts:');
    expect(sheet).toContain('[ ] Not on it: edgecore starts once these are in /etc/edgecdk/secrets');
    expect(sheet).not.toMatch(/K3s|rancher/);
  });

  test('that is missing is named with the way to get it', () => {
    expect(gather(preloaded()).problems).toEqual(
      [
        ['cni-plugins-linux-arm64-v1.9.1.tgz', 'CNI plug-ins v1.9.1', 'cni-plugins/v1.9.1'],
        ['keadm-v1.23.1-linux-arm64.tar.gz', 'KubeEdge v1.23.1', 'kubeedge/v1.23.1'],
        ['kubeedge-v1.23.1-linux-arm64.tar.gz', 'KubeEdge v1.23.1', 'kubeedge/v1.23.1'],
      ].map(
        ([file, release, place]) =>
          `error [${site}] needs ${file} of ${release} (no ${join(folder, 'cache', place ?? '')}/${file}); get it with edgecdk lock --download, or name the folder that has it with --artifacts`,
      ),
    );
  });

  test('is downloaded from both of its folders where machines install online', () => {
    const cniBaseUrl = 'https://mirror.example/cni/v1.6.2';
    const { kit, sheet } = gather(kubeEdgeTree({ ...VAN, cniBaseUrl }));
    expect(kit?.artifacts).toEqual([]);
    expect(sheet).toContain(`${cniBaseUrl}/cni-plugins-linux-arm64-v1.6.2.tgz`);
    expect(sheet).toContain('https://mirror.example/kubeedge/v1.23.1/keadm-v1.23.1-linux-arm64.tar.gz');
  });

  test.each([
    ['containerd', 'sudo ctr --namespace k8s.io images import "$archive"', 'containerd 1.6 or later, with runc'],
    ['cri-o', 'sudo podman load --input "$archive"', 'CRI-O, with crun or runc'],
    ['docker', 'sudo docker load --input "$archive"', 'Docker Engine, not as a snap, and cri-dockerd'],
  ] as const)('says that its image needs %s, and how archives of images come into that', (runtime, command, what) => {
    writeFolder(join(folder, 'cache'), { ...ofKubeEdge, 'images/all.tar': '' });
    const { sheet } = gather(preloaded(runtime));
    expect(sheet).toContain(command);
    expect(sheet).toContain(`[ ] The image has ${what}`);
  });

  test('has no manifests on it: its cluster is in the cloud', () => {
    writeFolder(join(folder, 'cache'), ofKubeEdge);
    const { kit, sheet } = gather(preloaded(), { 'a.yaml': '# of another time\n' });
    expect(kit?.files.filter(({ path }) => path.startsWith('edgecdk/manifests'))).toEqual([]);
    expect(sheet).not.toContain('kubectl');
  });

  const secret = 'kubeedge-certificate';
  const files = (node: string, issued = selfSigned(`system:node:${node}`)) => ({
    [`${secret}/ca.crt`]: issued.certificate,
    [`${secret}/node.crt`]: issued.certificate,
    [`${secret}/node.key`]: issued.key,
  });
  const withSecrets = (place: string, own: Readonly<Record<string, string>>) => {
    writeFolder(join(folder, 'cache'), ofKubeEdge);
    writeFolder(join(folder, 'secrets', place), own);
    return gather(preloaded(), {}, { secrets: join(folder, 'secrets') });
  };

  test('takes the certificate of each machine from a folder of its own', () => {
    const { kit, problems, sheet } = withSecrets(`${site}/${site}-box-1`, files(`${site}-box-1`));
    expect(problems).toEqual([]);
    expect(kit?.files.flatMap(({ path }) => (path.includes('/secrets/') ? [path] : []))).toEqual(
      ['ca.crt', 'node.crt', 'node.key'].map((key) => `edgecdk/nodes/${site}-box-1/secrets/${secret}/${key}`),
    );
    expect(sheet).toContain(`${site}-box-1: ${secret}/ (the certificate of this one node`);
  });

  test.each([site, ''])('never takes one that others may have, too (in %j)', (place) => {
    const { kit, problems } = withSecrets(place, files(`${site}-box-1`));
    expect(kit?.secrets.map((one) => one.files)).toEqual([undefined]);
    expect(problems).toEqual([
      expect.stringMatching(
        new RegExp(
          `^warning .* needs the secret ${secret} of ${site}-box-1: .* \\(no \\S+/secrets/${site}/${site}-box-1/${secret}\\)$`,
        ),
      ),
    ]);
  });

  test('refuses the certificate of another machine', () => {
    expect(withSecrets(`${site}/${site}-box-1`, files(`${site}-box-2`)).problems).toEqual([
      expect.stringMatching(
        /node\.crt that is for system:node:depot-1-box-2; it must be for system:node:depot-1-box-1$/,
      ),
    ]);
  });
});

describe('MicroK8s', () => {
  const snaps = ['snapd_21759', 'core20_2434', 'microk8s_7890'];
  const files = Object.fromEntries(
    [...snaps.flatMap((stem) => [`${stem}.snap`, `${stem}.assert`]), 'microk8s-images.tar'].map((name) => [
      `microk8s/1.33-stable/amd64/${name}`,
      name === 'microk8s-images.tar' ? dockerArchive('docker.io/calico/node:v3') : name,
    ]),
  );
  const offline: MicroK8sNodeInput = {
    ...ALONE,
    link: { kind: 'offline' },
    install: { mode: 'preloaded' },
    artifacts: {
      lockedOn: '2026-11-01',
      snaps: {
        amd64: snaps.map((stem) => ({
          name: stem.replace(/_.*/, ''),
          revision: Number(stem.replace(/.*_/, '')),
          snapSha256: sha256(`${stem}.snap`),
          assertSha256: sha256(`${stem}.assert`),
        })),
      },
      images: {
        amd64: { file: 'microk8s-images.tar', sha256: sha256(dockerArchive('docker.io/calico/node:v3')) },
      },
    },
  };

  test('has its snaps, their assertions and its images on the medium', () => {
    writeFolder(join(folder, 'cache'), files);
    const { artifacts, sheet, problems } = gather(microk8sTree(offline, 'server'), { 'a.yaml': '# nothing yet\n' });
    expect(problems).toEqual([]);
    expect(artifacts).toEqual(
      ['core20_2434', 'microk8s-images.tar', 'microk8s_7890', 'snapd_21759'].flatMap((name) =>
        name.endsWith('.tar') ? [`artifacts/${name}`] : [`artifacts/${name}.assert`, `artifacts/${name}.snap`],
      ),
    );
    expect(sheet).toContain('[ ] MicroK8s 1.33/stable is on it, in the folder artifacts:');
    expect(sheet).toContain(
      'sudo microk8s kubectl apply --server-side --field-manager=edgecdk --force-conflicts -f edgecdk/manifests',
    );
    expect(sheet).not.toMatch(/K3s v|rancher/);
  });

  test('that is missing cannot be downloaded, and has to be copied', () => {
    const { problems } = gather(microk8sTree(offline, 'server'));
    expect(problems).toHaveLength(7);
    expect(problems[0]).toMatch(
      /needs core20_2434\.assert of MicroK8s 1\.33\/stable \(no \S+\/microk8s\/1\.33-stable\/amd64\/core20_2434\.assert\); copy it there from where it was locked, or name/,
    );
  });

  test('looks for images of workloads in the locked archive, too', () => {
    writeFolder(join(folder, 'cache'), files);
    const pod = (image: string) => `kind: Pod\nspec:\n  containers:\n    - name: a\n      image: ${image}\n`;
    const manifests = { 'a.yaml': pod('calico/node:v3'), 'b.yaml': pod('docker.io/rancher/mirrored-pause:3.6') };
    // That one comes with K3s alone.
    expect(gather(microk8sTree(offline, 'server'), manifests).kit?.missingImages).toEqual([
      'docker.io/rancher/mirrored-pause:3.6',
    ]);
  });

  test.each([
    ['0123456789abcdef0123456789abcdef', []],
    ['0123456789abcdef', [expect.stringContaining('has 16 letters and digits; it must have 32 or more')]],
    ['0123456789abcdef0123456789abcde!', [expect.stringContaining('has more in it than letters and digits')]],
  ])('takes a token of 32 letters and digits or more (%s)', (token, told) => {
    writeFolder(join(folder, 'secrets'), { 'microk8s-token': `${token}\n` });
    const { problems } = gather(microk8sTree(DEPOT, 'server'), {}, { secrets: join(folder, 'secrets') });
    expect(problems.filter((text) => text.includes('microk8s-token'))).toEqual(told);
    expect(problems.join()).not.toContain(token);
  });

  test('takes nothing from a medium where machines ask the store', () => {
    const { kit, problems } = gather(microk8sTree(ALONE, 'server'));
    expect([problems, kit?.artifacts, kit?.downloaded]).toEqual([[], [], []]);
  });
});

describe('K3s', () => {
  const pause = 'docker.io/rancher/mirrored-pause:3.6';
  const pods = { 'a.yaml': `kind: Pod\nspec:\n  containers:\n    - name: a\n      image: ${pause}\n` };

  test.each([
    [undefined, '/var/lib/rancher/k3s/agent/images artifacts/images/* (and restart', []],
    ['docker', 'do sudo docker load --input "$archive"; done', [pause]],
    ['cri-o', 'do sudo podman load --input "$archive"; done', [pause]],
  ] as const)('gives its archive to its own containerd alone (runtime %s)', (runtime, command, missing) => {
    const images = join(folder, 'images');
    writeFolder(images, { 'all.tar.gz': '' });
    makeCache(join(folder, 'cache'));
    const { kit, sheet } = gather(k3sServerTree({ ...PRELOADED, runtime }), pods, { images });
    expect(sheet).toContain(command);
    expect(kit?.missingImages).toEqual(missing);
  });

  test('names the machines where they have other runtimes', () => {
    const [box, till] = [machine(site, 'box-1', 0), machine(site, 'till-1')];
    const outDir = join(folder, 'dist');
    makeAssembly(outDir, [{ name: site, nodes: [box, till], input: { ...SINGLE, ...PRELOADED } }]);
    const tree = k3sAgentTree({ ...PRELOADED, runtime: 'docker' });
    writeFolder(outDir, below('nodes/store.agent.box', treeFolder(tree)));
    const images = join(folder, 'images');
    writeFolder(images, { 'all.tar.gz': '' });
    const { kit } = gatherKit(openAssembly(outDir), { site, cache: join(folder, 'cache'), images });
    expect(kit?.imports.map(({ nodes }) => nodes)).toEqual([[box.name], [till.name]]);
    const readme = kit?.files.find(({ path }) => path === 'README.txt');
    expect(readme && 'content' in readme && readme.content.toString()).toMatch(
      new RegExp(`on ${box.name}:\\n +sudo install .*\\n +on ${till.name}:\\n +for archive in .* docker load`),
    );
  });
});

test('a distribution that nothing is known of has a kit without artifacts', () => {
  const { kit, problems, sheet } = gather(
    { ...microk8sTree(ALONE, 'server'), distribution: 'fakeos' as NodeTree['distribution'], kit: undefined },
    { 'a.yaml': '# nothing yet\n' },
  );
  expect([problems, kit?.artifacts]).toEqual([[], []]);
  expect(sheet).toContain('      kubectl apply --server-side -f edgecdk/manifests');
});

/** What `docker save` writes, as far as it is read. */
function dockerArchive(tag: string): string {
  const content = JSON.stringify([{ RepoTags: [tag] }]);
  const head = `${'manifest.json'.padEnd(124, '\0')}${content.length.toString(8).padStart(11, '0')} `.padEnd(512, '\0');
  return head + content.padEnd(Math.ceil(content.length / 512) * 512, '\0');
}
