import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Construct } from 'constructs';
import {
  ContainerWorkload,
  Fleet,
  Inventory,
  KubeEdgeCluster,
  Placement,
  SiteBlueprint,
  SiteGroup,
  Size,
  Storage,
  SynthError,
} from 'edgecdk';
import { z } from 'zod';
import { addListCommand } from '../../lib/cli/list-command';
import { KUBEEDGE } from '../../lib/distributions/kubeedge/kubeedge';
import { fleetKey } from '../../lib/model/fleet-symbol';
import { manifestsFolder } from '../../lib/model/folders';
import { formatProblem } from '../../lib/model/problem';
import { resolve } from '../../lib/resolve/resolve';
import { runCommand } from '../lib/cli/run-command';
import { APP, VANS_VERSION, type VanFleet, van, vanFleet, vans, withVanLock } from '../support/van-fleet';
import { filesOf, withFiles } from '../support/with-files';

type Made = Parameters<NonNullable<VanFleet['more']>>[0];

let listed: () => Fleet;
jest.mock('../../lib/cli/load-program', () => ({
  ...jest.requireActual('../../lib/cli/load-program'),
  loadProgram: () => Promise.resolve(listed()),
}));

/** Syntheses of one fleet after another into one folder; what the last one says, errors and warnings, and the files that it leaves. */
function runs(...all: readonly VanFleet[]) {
  const run = (root: string) => {
    for (const described of all.slice(0, -1)) vanFleet(described, root).synth();
    const said = problemsOf(vanFleet(all.at(-1) ?? {}, root));
    return { said, files: existsSync(`${root}/dist`) ? filesOf(`${root}/dist`) : {} };
  };
  return all.some(({ machines }) => machines) ? withVanLock(run) : withFiles({}, run);
}

function problemsOf(fleet: Fleet): string[] {
  try {
    return fleet.synth().warnings.map(formatProblem);
  } catch (e) {
    if (e instanceof SynthError) return e.problems.map(formatProblem);
    throw e;
  }
}

/** One that has an object for each site, with a claim of its own name. */
function db({ fleet, van: place, gateway }: Made): void {
  new ContainerWorkload(fleet, 'db', {
    ...APP,
    mounts: { '/data': Storage.claim(Size.gibibytes(1)) },
    placement: Placement.on(place).onNodes(gateway),
  });
}

/** A van of another blueprint, which joins either cluster. */
function eastVan({ fleet, cloud, gateway }: Made, joins: 'edge' | 'other', workload?: 'db'): void {
  const other = new KubeEdgeCluster(fleet, 'other', {
    version: VANS_VERSION,
    kubernetes: '1.32',
    advertiseAddress: ['203.0.113.11'],
    access: { sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ops'] },
  });
  const blueprint = new SiteBlueprint(fleet, 'east-van', {
    schema: z.object({ area: z.string() }),
    cluster: (joins === 'edge' ? cloud : other).join(gateway.count(1)),
  });
  new SiteGroup(fleet, 'east', { blueprint, inventory: Inventory.rows([{ name: 'east-1', area: 'hills' }]) });
  if (workload)
    new ContainerWorkload(fleet, workload, {
      ...APP,
      mounts: { '/data': Storage.claim(Size.gibibytes(1)) },
      placement: Placement.on(blueprint),
    });
}

describe('what sites bring along', () => {
  test('another column of values takes no claim from anybody', () => {
    const more = (made: Made) => {
      db(made);
      eastVan(made, 'edge');
    };
    const { said, files } = runs({ more: db }, { more });
    expect(said.filter((line) => /would leave/.test(line))).toEqual([]);
    expect(files['assembly.json']).toContain('"claim default/db-data-{site.name}": "1Gi"');
  });

  test('a cluster of another fleet is refused, since nobody renders it', () => {
    const more = ({ fleet, gateway }: Made) => {
      const cluster = new KubeEdgeCluster(new Fleet('theirs'), 'edge', {
        version: VANS_VERSION,
        kubernetes: '1.32',
        advertiseAddress: ['203.0.113.12'],
      }).join(gateway.count(1));
      const blueprint = new SiteBlueprint(fleet, 'strange', { schema: z.object({}), cluster });
      new SiteGroup(fleet, 'strange-vans', { blueprint, inventory: Inventory.rows([{ name: 'strange-1' }]) });
    };
    expect(runs({ more }).said).toContain(
      '[vans/strange] joins the cluster [theirs/edge], which is not of this fleet; make both under one Fleet',
    );
  });

  test('two clusters of one id are refused, since they have one folder', () => {
    const more = ({ fleet }: Made) => {
      const props = { version: VANS_VERSION, kubernetes: '1.32', advertiseAddress: ['203.0.113.13'] } as const;
      new KubeEdgeCluster(new Construct(fleet, 'second'), 'edge', props);
    };
    expect(runs({ more }).said).toContainEqual(
      expect.stringMatching(/^\[vans\/second\/edge\] has the id of the shared cluster \[vans\/edge\]/),
    );
  });

  test('a distribution that has no shared clusters is refused as one', () => {
    const { renderShared, ...distribution } = KUBEEDGE;
    expect(renderShared).toBeDefined();
    const model = vanFleet({})[fleetKey]();
    const { problems } = resolve({
      ...model,
      sharedClusters: model.sharedClusters.map((cluster) => ({ ...cluster, distribution })),
    });
    expect(problems.map(formatProblem)).toContainEqual(
      expect.stringMatching(/^\[vans\/edge\] is a cluster that sites share, and KubeEdge has none/),
    );
  });
});

describe('sites that move to another cluster', () => {
  test('are refused while their machines are nodes of the first', () => {
    const [first, then] = (['edge', 'other'] as const).map((joins) => ({
      machines: true,
      more: (made: Made) => eastVan(made, joins),
    }));
    expect(runs(first as VanFleet, then as VanFleet).said).toContainEqual(
      expect.stringMatching(
        /^\[vans\/east-van\] has the cluster other where machines are nodes of the cluster edge; .*\(east-1\)/,
      ),
    );
  });

  test('leave their claims behind, though these have the same names', () => {
    const { said } = runs(
      { more: (made) => eastVan(made, 'edge', 'db') },
      { more: (made) => eastVan(made, 'other', 'db') },
    );
    expect(said).toContainEqual(
      expect.stringMatching(/would leave the claim \S+ of db behind with its data.*\(east-1\)/),
    );
  });
});

describe('a paused site', () => {
  const clock = (image: string, plate = false): VanFleet['more'] => {
    return ({ fleet, van: place, gateway }) => {
      new ContainerWorkload(fleet, 'clock', {
        ...APP,
        image,
        ...(plate && { env: ({ site }: { site: { values: { plate: string } } }) => ({ PLATE: site.values.plate }) }),
        placement: Placement.on(place).onNodes(gateway),
      } as never);
    };
  };
  const paused = [van('north-1', { state: 'paused' }), van('north-2')];
  const sentences = (...all: readonly VanFleet[]) => runs(...all).said.filter((line) => line.includes('paused'));

  test('has what it shares changed with the others, which is told', () => {
    expect(
      sentences({ more: clock('ghcr.io/acme/app:1.1.0') }, { north: paused, more: clock('ghcr.io/acme/app:1.2.0') }),
    ).toEqual([
      '[vans/edge] has paused sites, and what sites share cannot be paused: clusters/edge/manifests/workloads/clock.yaml changes for them too; take the change back until they are active again, or do not apply that file (north-1)',
    ]);
    expect(
      sentences({ more: clock('ghcr.io/acme/app:1.1.0') }, { north: paused, more: clock('ghcr.io/acme/app:1.1.0') }),
    ).toEqual([]);
    expect(sentences({ more: clock('ghcr.io/acme/app:1.1.0') }, { more: clock('ghcr.io/acme/app:1.2.0') })).toEqual([]);
  });

  test('keeps its own beside what becomes shared, and loses what no longer is', () => {
    expect(
      sentences(
        { more: clock('ghcr.io/acme/app:1.1.0', true) },
        { north: paused, more: clock('ghcr.io/acme/app:1.1.0') },
      ),
    ).toEqual([expect.stringContaining('clock.yaml is there from now on, and they keep files of their own beside it')]);
    expect(
      sentences(
        { more: clock('ghcr.io/acme/app:1.1.0') },
        { north: paused, more: clock('ghcr.io/acme/app:1.1.0', true) },
      ),
    ).toEqual([expect.stringContaining('clock.yaml is no longer there')]);
  });
});

test('a closing site withdraws what is its own, and what it shares stays', () => {
  const more = (made: Made) => {
    db(made);
    new ContainerWorkload(made.fleet, 'clock', { ...APP, placement: Placement.on(made.van).onNodes(made.gateway) });
  };
  const [open, closing] = [vans('north', 2), [van('north-1', { state: 'closing' }), van('north-2')]].map((north) =>
    runs({ north, south: [], more }),
  );
  const shared = 'clusters/edge/manifests/workloads/clock.yaml';
  expect(closing?.files[shared]).toBe(open?.files[shared]);
  const own = Object.keys(closing?.files ?? {}).filter((path) => path.startsWith('clusters/edge/sites'));
  expect(own.filter((path) => path.startsWith(manifestsFolder('north-1', 'edge')))).toEqual([]);
  expect(own.filter((path) => path.startsWith(manifestsFolder('north-2', 'edge')))).not.toEqual([]);
});

describe('where manifests are', () => {
  test.each([
    [false, undefined],
    [true, expect.stringMatching(/^sites\/[^/]+\/north-1$/)],
  ])('edgecdk list names folders that exist (machines are ours: %s)', async (machines, folder) => {
    const { site, files } = await withList({ machines, more: db });
    expect(site.folder).toEqual(folder);
    expect(site.manifests).toBe(manifestsFolder('north-1', 'edge'));
    expect(Object.keys(files)).toContainEqual(expect.stringMatching(`^${site.manifests}/db`));
    expect(Object.keys(files).some((path) => /^sites\/[^/]+\/north-1\//.test(path))).toBe(machines);
  });

  test('a fleet of vans alone is told of no folder that it has not', () => {
    withFiles({}, (root) => {
      expect(vanFleet({ more: db }, root).synth().manifests).toEqual([
        'KubeEdge: what sites share is in clusters/<cluster>, what a site adds in clusters/<cluster>/sites/*/<site>; both are applied to the cluster in the cloud.',
      ]);
    });
  });
});

/** What `edgecdk list --json` says of one van, and the files of its fleet. */
async function withList(described: VanFleet) {
  const root = mkdtempSync(join(tmpdir(), 'edgecdk-list-'));
  try {
    withVanLock((locked) => cpSync(locked, root, { recursive: true }));
    listed = () => vanFleet(described, root);
    const { stdout } = await runCommand(addListCommand, 'list', __filename, '--json', '--site', 'north-1');
    const [site] = JSON.parse(stdout) as { readonly folder?: string; readonly manifests: string }[];
    if (!site) throw new Error('north-1 is not listed');
    return { site, files: runs(described).files };
  } finally {
    rmSync(root, { recursive: true });
  }
}
