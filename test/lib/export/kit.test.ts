import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AUTHORITY_FILES } from '../../../lib/distributions/k3s/node/authority';
import { gatherKit, type KitRequest } from '../../../lib/export/kit';
import { openAssembly } from '../../../lib/export/open-assembly';
import { shardOf } from '../../../lib/model/digest';
import type { K3sNodeInput } from '../../../lib/model/k3s-node-input';
import { formatProblem } from '../../../lib/model/problem';
import { FULL, SINGLE } from '../render/node/sample-input';
import { VERSION } from '../render/node/script/scratch-node';
import { type MadeSite, machine, makeAssembly, makeCache, PRELOADED, writeFolder } from './make-assembly';
import { cohortOf } from './make-sticks';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgecdk-kit-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const three: K3sNodeInput = { ...FULL, install: { mode: 'preloaded' }, artifacts: PRELOADED.artifacts };
const servers = [0, 1, 2].map((rank) => machine('store-1', `box-${rank + 1}`, rank));
const store: MadeSite = { name: 'store-1', nodes: [...servers, machine('store-1', 'till-1')], input: three };
const kiosk: MadeSite = { name: 'kiosk', nodes: [machine('kiosk', 'box-1', 0, { serial: undefined })] };

function gather(site: MadeSite, request: Partial<KitRequest> = {}) {
  const outDir = join(folder, 'dist');
  if (!existsSync(outDir)) makeAssembly(outDir, [site]);
  const cache = join(folder, 'cache');
  const { kit, problems } = gatherKit(openAssembly(outDir), { site: site.name, cache, ...request });
  const texts = new Map(
    kit?.files.flatMap((file) => ('content' in file ? [[file.path, file.content.toString()]] : [])),
  );
  return { kit, texts, problems: problems.map((problem) => `${problem.severity} ${formatProblem(problem)}`) };
}

function withCache(): void {
  makeCache(join(folder, 'cache'));
}

test('a kit has what boot.sh and cloud-init read, and the sheet', () => {
  withCache();
  const { kit, problems, texts } = gather(store);
  expect(problems).toEqual([]);
  const paths = kit?.files.map(({ path }) => path) ?? [];
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths.filter((path) => !/^edgecdk\/(trees|nodes)\//.test(path))).toEqual([
    'user-data',
    'meta-data',
    'edgecdk/match.tsv',
    'edgecdk/begin.sh',
    'artifacts/k3s-airgap-images-arm64.tar.zst',
    'artifacts/k3s-arm64',
    'README.txt',
  ]);
  for (const tree of ['store.server.box', 'store.agent.box'])
    for (const file of ['apply.sh', 'manifest', 'settings', 'node.json', 'files/etc/edgecdk/scripts/boot.sh'])
      expect(paths).toContain(`edgecdk/trees/${tree}/${file}`);
  for (const { name } of store.nodes)
    expect(paths).toContain(`edgecdk/nodes/${name}/identity/files/etc/edgecdk/identity.env`);
  expect(texts.get('edgecdk/match.tsv')).toContain('serial\tserial-store-1-till-1\tstore-1-till-1\tstore.agent.box\n');
  expect(texts.get('meta-data')).toContain('store-1-site-0');
});

test.each([
  [
    'has a bootstrap',
    true,
    ['is not on it: the site pulls it (delivery courier)', 'What it begins to pull with is on it'],
  ],
  ['has none', false, ['is not on it: the site pulls it (delivery courier)']],
])('the sheet of a site that pulls, and %s, says where to read on', (_, begins, told) => {
  withCache();
  const outDir = join(folder, 'dist');
  makeAssembly(outDir, [store], { store: cohortOf('k3s', { delivery: 'courier' }) });
  const path = `sites/${shardOf('store-1')}/store-1/manifests/edgecdk-courier.yaml`;
  if (begins) writeFolder(outDir, { [path]: 'a\n' });
  const sheet = gather(store).texts.get('README.txt') ?? '';
  for (const one of [...told, 'README.md in delivery/courier of the assembly']) expect(sheet).toContain(one);
  expect(sheet.includes('edgecdk/manifests')).toBe(begins);
  expect(sheet).not.toContain('What store-1 runs is on it');
});

test('a site whose cluster is elsewhere pulls nothing itself, whatever delivers to that', () => {
  withCache();
  const cohorts = { store: cohortOf('k3s', { delivery: 'courier', shared: 'cloud' }) };
  makeAssembly(join(folder, 'dist'), [store], cohorts);
  expect(gather(store).texts.get('README.txt')).not.toContain('courier');
});

test('a kit with a server has what the site runs, and says what is done with it', () => {
  withCache();
  const manifests = `sites/${shardOf('store-1')}/store-1/manifests`;
  makeAssembly(join(folder, 'dist'), [store]);
  writeFolder(join(folder, 'dist'), { [`${manifests}/b.yaml`]: 'b\n', [`${manifests}/a.yaml`]: 'a\n' });
  const { kit, texts } = gather(store);
  expect([...texts].filter(([path]) => path.startsWith('edgecdk/manifests/'))).toEqual([
    ['edgecdk/manifests/a.yaml', 'a\n'],
    ['edgecdk/manifests/b.yaml', 'b\n'],
  ]);
  expect([kit?.manifests, texts.get('README.txt')]).toEqual([
    2,
    expect.stringContaining('sudo install -m 600 -t /var/lib/rancher/k3s/server/manifests edgecdk/manifests/*.yaml'),
  ]);
  const agent = gather(store, { node: 'till-1' });
  expect([agent.kit?.manifests, [...agent.texts.keys()].filter((path) => path.includes('manifests/'))]).toEqual([
    0,
    [],
  ]);
});

test.each([
  ['cidata' as const, '[ ] The medium has the label CIDATA'],
  ['boot-partition' as const, '[ ] All of this folder is on the boot partition of the card or disk of'],
  ['none' as const, '[ ] All of this folder is on a medium that somebody mounts'],
])('a kit for an image that looks for its seed at %s says where it goes', (seedMedium, text) => {
  withCache();
  const input = {
    ...PRELOADED,
    operatingSystem: { ...PRELOADED.operatingSystem, seedMedium },
    secrets: { token: 'token' },
  };
  writeFolder(join(folder, 'secrets'), { token: 'value\n' });
  const { kit, texts } = gather({ ...kiosk, input }, { secrets: join(folder, 'secrets') });
  const sheet = texts.get('README.txt') ?? '';
  expect(kit?.seedMedia.get('kiosk-box-1')).toBe(seedMedium);
  expect(sheet).toContain(text);
  expect(sheet.includes('CIDATA')).toBe(seedMedium === 'cidata');
  expect(sheet.includes('/boot/firmware/edgecdk/nodes/*/secrets')).toBe(seedMedium === 'boot-partition');
});

test.each(['store-1-till-1', 'till-1'])('a kit for one machine (%s) has nothing of the others', (node) => {
  withCache();
  const { kit, texts, problems } = gather(store, { node });
  expect([problems, kit?.node]).toEqual([[], 'store-1-till-1']);
  expect([...texts.keys()].filter((path) => /server|box-\d/.test(path))).toEqual([]);
  expect(texts.get('edgecdk/match.tsv')).not.toContain('box-1\t');
  expect(texts.get('meta-data')).toContain('local-hostname: "store-1-till-1"');
  expect(texts.get('README.txt')).toContain('This medium is for store-1-till-1 alone.');
});

test('a slot is found whatever its generation', () => {
  withCache();
  const replaced = machine('store-1', 'box-1', 0, { name: 'store-1-box-1-g2', generation: 2 });
  expect(
    gather({ name: 'store-1', nodes: [replaced, machine('store-1', 'box-2', 1)] }, { node: 'box-1' }).kit?.node,
  ).toBe('store-1-box-1-g2');
});

test('of several machines each must be able to find out who it is; a single one must not', () => {
  withCache();
  const strangers = store.nodes.map((node, i) => (i === 1 ? { ...node, serial: undefined } : node));
  expect(gather({ ...store, nodes: strangers }).problems).toEqual([
    expect.stringMatching(
      /^error \[store-1\] has machines that cannot find out .* \(store-1-box-2\); write their serial or mac/,
    ),
  ]);
  rmSync(join(folder, 'dist'), { recursive: true });
  expect(gather(kiosk)).toMatchObject({ problems: [], kit: { node: 'kiosk-box-1' } });
});

describe('artifacts', () => {
  const online: MadeSite = { ...kiosk, input: { ...SINGLE, artifacts: PRELOADED.artifacts } };

  test('that machines cannot get elsewhere are all named where they are missing, with the place and the way to get them', () => {
    const { problems } = gather(store);
    const place = join(folder, 'cache/k3s', VERSION);
    expect(problems).toEqual(
      ['k3s-airgap-images-arm64.tar.zst', 'k3s-arm64'].map(
        (file) =>
          `error [store-1] needs ${file} of K3s ${VERSION} (no ${place}/${file}); get it with edgecdk lock --download, or name the folder that has it with --artifacts`,
      ),
    );
  });

  test.each([['preloaded', store] as const, ['online', online] as const])(
    'of another checksum are refused, %s',
    (_mode, site) => {
      makeCache(join(folder, 'cache'), { 'k3s-arm64': 'other' });
      expect(gather(site).problems).toEqual([expect.stringMatching(/needs k3s-arm64 .* has another checksum; remove/)]);
    },
  );

  test('that machines download are taken along where they are at hand, and named where not', () => {
    expect(gather(online)).toMatchObject({ problems: [], kit: { artifacts: [] } });
    expect(gather(online).texts.get('README.txt')).toContain('https://mirror.example/k3s/v1.33.4/k3s-arm64');
    withCache();
    expect(gather(online).kit?.artifacts).toMatchObject([
      { file: 'k3s-airgap-images-arm64.tar.zst' },
      { file: 'k3s-arm64' },
    ]);
    expect(gather(online, { withoutArtifacts: true }).kit?.artifacts).toEqual([]);
  });

  test('are never left out where nothing else has them', () => {
    withCache();
    expect(gather(store, { withoutArtifacts: true }).kit?.artifacts).toHaveLength(2);
  });

  test('of two versions do not fit on one medium', () => {
    withCache();
    makeAssembly(join(folder, 'dist'), [store]);
    const other = join(folder, 'dist/nodes/store.agent.box');
    const input = { ...three, artifacts: { ...three.artifacts, binarySha256: { arm64: 'f'.repeat(64) } } };
    makeAssembly(join(folder, 'other'), [{ ...store, input }]);
    rmSync(other, { recursive: true });
    writeFolder(other, readFolder(join(folder, 'other/nodes/store.agent.box')));
    expect(gather(store).problems[0]).toMatch(/needs? k3s-arm64 of .* one file of that name; make a kit for each node/);
  });
});

describe('images of a site without a link', () => {
  beforeEach(() => {
    withCache();
    makeAssembly(join(folder, 'dist'), [kiosk]);
    const pod = (image: string) => `kind: Pod\nspec:\n  containers:\n    - name: a\n      image: ${image}\n`;
    writeFolder(join(folder, `dist/sites/${shardOf('kiosk')}/kiosk/manifests`), {
      'a.yaml': `${pod('nginx:1')}---\n${pod('docker.io/rancher/mirrored-pause:3.6')}`,
      'b.yaml': pod('ghcr.io/acme/pos:2'),
    });
  });

  /** What `docker save` writes, as far as it is read. */
  function archive(...tags: string[]): string {
    const entry = (name: string, content: string) => {
      const head = `${name.padEnd(124, '\0')}${content.length.toString(8).padStart(11, '0')} `.padEnd(512, '\0');
      return head + content.padEnd(Math.ceil(content.length / 512) * 512, '\0');
    };
    return entry('blobs/x', 'x'.repeat(600)) + entry('manifest.json', JSON.stringify([{ RepoTags: tags }]));
  }

  test('that are in no archive are a warning, and stand on the sheet', () => {
    const { kit, problems, texts } = gather(kiosk);
    expect(problems).toEqual([
      expect.stringMatching(
        /^warning \[kiosk\] has no link, and needs images .* \(ghcr\.io\/acme\/pos:2, nginx:1\); put/,
      ),
    ]);
    expect(kit?.missingImages).toEqual(['ghcr.io/acme/pos:2', 'nginx:1']);
    expect(texts.get('README.txt')).toMatch(
      /\[ \] NOT on it, and the site has no link: [^\n]*\n +ghcr\.io\/acme\/pos:2\n/,
    );
  });

  test('come along from the cache, or from a folder of their own, and are looked for in it', () => {
    writeFolder(join(folder, 'cache/images'), { 'all.tar': archive('nginx:1', 'ghcr.io/acme/pos:2'), 'notes.txt': '' });
    const { kit, problems } = gather(kiosk);
    expect([problems, kit?.missingImages]).toEqual([[], []]);
    expect(kit?.files.map(({ path }) => path)).toContain('artifacts/images/all.tar');
    writeFolder(join(folder, 'own'), { 'one.tar': archive('docker.io/library/nginx:1') });
    const own = gather(kiosk, { images: join(folder, 'own') });
    expect([own.kit?.images.map(({ file }) => file), own.kit?.missingImages]).toEqual([
      ['one.tar'],
      ['ghcr.io/acme/pos:2'],
    ]);
  });

  test('may be in an archive that is compressed, which nobody looks into', () => {
    writeFolder(join(folder, 'cache/images'), { 'all.tar.zst': 'anything' });
    const { problems, texts } = gather(kiosk);
    expect(problems).toEqual([]);
    expect(texts.get('README.txt')).toContain('One of these archives, which nobody looked into, has each of:');
  });
});

describe('secrets', () => {
  const values = { 'agent-token': 'value-a\n', 'mirror-login': 'user:value-b\n', token: 'value-c\n' };
  const s3 = 'AWS_ACCESS_KEY_ID=value-d\nAWS_SECRET_ACCESS_KEY=value-e\n';
  beforeEach(withCache);

  function withSecrets(files: Readonly<Record<string, string>>, more: Partial<KitRequest> = {}) {
    writeFolder(join(folder, 'secrets'), files);
    return gather(store, { secrets: join(folder, 'secrets'), ...more });
  }

  test('go to the machines whose trees name them, the site before the fleet, and are shown nowhere', () => {
    const { texts, problems } = withSecrets({ ...values, 's3-login': s3, 'store-1/token': 'value-of-site\n' });
    expect(problems).toEqual([]);
    const found = [...texts].filter(([path]) => path.includes('/secrets/') && path.startsWith('edgecdk/nodes/'));
    expect(found.map(([path]) => path.slice('edgecdk/nodes/'.length))).toEqual([
      ...servers.flatMap(({ name }) =>
        ['agent-token', 'mirror-login', 's3-login', 'token'].map((secret) => `${name}/secrets/${secret}`),
      ),
      'store-1-till-1/secrets/agent-token',
      'store-1-till-1/secrets/mirror-login',
    ]);
    expect(texts.get('edgecdk/nodes/store-1-box-1/secrets/token')).toBe('value-of-site\n');
    // Nobody has anything left to do for them.
    expect(texts.get('README.txt')).not.toMatch(/^Secrets: /m);
    expect(gather(store).texts.get('README.txt')).toMatch(/^Secrets: these must be in /m);
    const others = [...texts].filter(([path]) => !found.some(([secret]) => secret === path));
    expect(others.filter(([, text]) => text.includes('value-'))).toEqual([]);
    expect(texts.get('README.txt')).toMatch(
      /store-1-till-1: agent-token \(agents join the cluster with it\), mirror-login/,
    );
  });

  test.each([false, true])('that are missing are named once each (strict: %s)', (strict) => {
    const { problems } = withSecrets({ token: 'x' }, { strict });
    expect(problems.map((line) => line.replace(/ \(no .*/, ''))).toEqual(
      [
        'agent-token: agents join the cluster with it',
        'mirror-login: images are pulled with it',
        's3-login: snapshots are uploaded with it',
      ].map((text) => `${strict ? 'error' : 'warning'} [store-1] needs the secret ${text}`),
    );
  });

  test.each([
    ['token', '', 'is empty'],
    ['token', 'value-1\nvalue-2\n', 'has 2 lines; it must be one'],
    ['token', 'value-1\r\n', 'line breaks of Windows'],
    ['mirror-login', 'value-1\n', 'is not of the form user:password'],
    ['s3-login', 'AWS_ACCESS_KEY_ID=value-1\n', 'has no line AWS_SECRET_ACCESS_KEY=...'],
  ])('a %s that its reader would not take (%j) is refused, without its value', (name, text, message) => {
    const { problems } = withSecrets({ ...values, 's3-login': s3, [name]: text });
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(problems.join()).not.toMatch(/value-/);
  });

  describe('that are folders', () => {
    const input: K3sNodeInput = { ...PRELOADED, secrets: { certificateAuthority: 'own-ca' } };
    const all = Object.fromEntries(AUTHORITY_FILES.map((name) => [`own-ca/${name}`, 'value-ca\n']));
    const gatherFolder = (files: Readonly<Record<string, string>>) => {
      writeFolder(join(folder, 'secrets'), files);
      return gather(
        { name: 'store-1', nodes: [machine('store-1', 'box-1', 0)], input },
        { secrets: join(folder, 'secrets') },
      );
    };

    test('travel with the files that are asked for, the site before the fleet, and as a whole', () => {
      const ofSite = Object.fromEntries(Object.keys(all).map((path) => [`store-1/${path}`, 'value-site\n']));
      const { texts, problems } = gatherFolder({ ...all, ...ofSite, 'own-ca/root-ca.key': 'value-root\n' });
      expect(problems).toEqual([]);
      const found = [...texts].filter(([path]) => path.includes('/secrets/own-ca/'));
      expect(found.map(([path]) => path)).toEqual(
        AUTHORITY_FILES.map((name) => `edgecdk/nodes/store-1-box-1/secrets/own-ca/${name}`),
      );
      expect(new Set(found.map(([, text]) => text))).toEqual(new Set(['value-site\n']));
      expect(texts.get('README.txt')).toContain('store-1-box-1: own-ca/ (certificate authorities of the cluster');
      expect([...texts.values()].join()).not.toContain('value-root');
    });

    test.each<[string, Readonly<Record<string, string>>, RegExp]>([
      ['of which none is there', {}, /own-ca: .* \(no .*secrets\/store-1\/own-ca, no .*secrets\/own-ca\)$/],
      [
        'of which one is missing, although the fleet has it',
        { ...all, 'store-1/own-ca/server-ca.crt': 'value-site\n' },
        /own-ca: .* \(no .*secrets\/store-1\/own-ca\/client-ca\.crt, no .*secrets\/store-1\/own-ca\/service\.key\)$/,
      ],
      ['of which one is empty', { ...all, 'own-ca/service.key': '' }, /own-ca\/service\.key that is empty; write/],
    ])('are not taken %s', (_, files, message) => {
      const { problems } = gatherFolder(files);
      expect(problems).toEqual([expect.stringMatching(message)]);
    });
  });

  test('that stay behind are on the sheet', () => {
    const { texts, problems } = gather(store);
    expect(problems).toEqual([]);
    expect(texts.get('README.txt')).toMatch(
      /\[ \] Not on it: K3s starts once these are in \/etc\/edgecdk\/secrets[\s\S]*s3-login/,
    );
    expect([...texts.keys()].filter((path) => /^edgecdk\/nodes\/[^/]+\/secrets/.test(path))).toEqual([]);
  });
});

describe('what cannot be exported', () => {
  beforeEach(withCache);

  test.each<[string, Partial<KitRequest>, RegExp]>([
    ['a site that is not there', { site: 'stor-1' }, /\[stor-1\] is no site of grocer \(it has store-1\)/],
    ['a site of no shard', { site: '../../etc' }, /is no site of grocer/],
    ['a node that is not there', { node: 'box-9' }, /has no node box-9 \(it has store-1-box-1, store-1-box-2/],
  ])('%s', (_what, request, message) => {
    expect(gather(store, request)).toMatchObject({ kit: undefined, problems: [expect.stringMatching(message)] });
  });

  test('a site for whose nodes there are no files', () => {
    expect(gather({ name: 'store-1', nodes: [] }).problems).toEqual([
      expect.stringMatching(/has no files for its nodes .* operatingSystem, lock the artifacts/),
    ]);
  });

  const identity = `sites/${shardOf('store-1')}/store-1/nodes/store-1-box-2/identity`;
  test.each<[string, string, (text: string) => string | undefined, RegExp]>([
    [
      'a file of a tree that was changed',
      'nodes/store.server.box/settings',
      (t) => `${t}X=1\n`,
      /settings\] is not as its manifest says/,
    ],
    ['a file of a tree that is missing', 'nodes/store.server.box/apply.sh', () => undefined, /apply\.sh\] is missing/],
    [
      'a manifest that is cut short',
      `${identity}/manifest`,
      (t) => t.replace(/end.*\n/, ''),
      /manifest\] is cut short/,
    ],
    ['an identity that is missing', `${identity}/manifest`, () => undefined, /manifest\] is missing/],
    [
      'a seed that is missing',
      `sites/${shardOf('store-1')}/store-1/nodes/seed/meta-data`,
      () => undefined,
      /has no meta-data/,
    ],
  ])('%s', (_what, path, change, message) => {
    makeAssembly(join(folder, 'dist'), [store]);
    const file = join(folder, 'dist', path);
    const changed = change(readFileSync(file, 'utf8'));
    if (changed === undefined) rmSync(file);
    else writeFileSync(file, changed);
    expect(gather(store).problems).toEqual([expect.stringMatching(message)]);
  });

  test.each<[string, (outDir: string) => void, RegExp]>([
    [
      'is being written',
      (outDir) => writeFolder(outDir, { '.edgecdk-writing': '' }),
      /is being written, or its synth was cut short/,
    ],
    [
      'is not there',
      (outDir) => rmSync(join(outDir, 'assembly.json')),
      /holds no assembly\.json; run edgecdk synth first/,
    ],
    ['is of another tool', (outDir) => writeFolder(outDir, { 'assembly.json': '{}' }), /is not of EdgeCDK/],
  ])('an assembly that %s', (_what, damage, message) => {
    const outDir = makeAssembly(join(folder, 'dist'), [store]);
    damage(outDir);
    expect(() => openAssembly(outDir)).toThrow(message);
  });
});

function readFolder(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}
