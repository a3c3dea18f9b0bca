import { ContainerWorkload, Placement, Run, SynthError } from 'edgecdk';
import { readAssembly } from '../../lib/assembly/read-assembly';
import { formatProblem } from '../../lib/model/problem';
import { APP, type VanFleet, van, vanFleet, vans, withVanLock } from '../support/van-fleet';
import { filesOf } from '../support/with-files';

type Made = Parameters<NonNullable<VanFleet['more']>>[0];

/** What fleets of vans have to say one after the other, in one folder; errors too, where nothing is written. */
function runs(...described: readonly VanFleet[]): string[][] {
  return withVanLock((root) =>
    described.map((one) => {
      try {
        return vanFleet({ machines: true, ...one }, root)
          .synth()
          .warnings.map(formatProblem);
      } catch (e) {
        if (e instanceof SynthError) return e.problems.map(formatProblem);
        throw e;
      }
    }),
  );
}

/** What the second says that the first did not. */
function news(before: VanFleet, after: VanFleet): string[] {
  const [first = [], second = []] = runs(before, after);
  return second.filter((line) => !first.includes(line));
}

/** A clock that is the same in all vans, or is of each. */
function clock(own?: 'of the site', run = Run.replicas(1)) {
  return ({ fleet, van: place, gateway }: Made) =>
    void new ContainerWorkload(fleet, 'clock', {
      ...APP,
      run,
      env: ({ site }) => ({ PLATE: own ? site.values.plate : 'any' }),
      placement: Placement.on(place).onNodes(gateway),
    });
}

const podKinds = 'edgeapplications.apps.kubeedge.io,deployments.apps,daemonsets.apps';

test('a fleet that is as it was has nothing to say of its shared cluster', () => {
  expect(news({ more: clock() }, { more: clock() })).toEqual([]);
  expect(news({ more: clock('of the site') }, { more: clock('of the site') })).toEqual([]);
});

describe('the commands of what is gone', () => {
  const readme = (described: VanFleet) =>
    withVanLock((root) => {
      vanFleet(described, root).synth();
      return filesOf(`${root}/dist/clusters/edge`)['README.md'] ?? '';
    });

  test.each([
    ['no workload', undefined],
    ['a shared one', clock()],
    ['one of each site', clock('of the site')],
  ])('name each kind that a workload may have had, with %s', (_, more) => {
    const [, kinds = ''] = /^kubectl delete (\S+) .*workload=<workload>$/m.exec(readme({ more })) ?? [];
    expect(kinds.split(',')).toEqual(
      expect.arrayContaining([...podKinds.split(','), 'services', 'configmaps', 'statefulsets.apps', 'cronjobs.batch']),
    );
    expect(kinds).not.toMatch(/namespace|persistentvolume/);
    expect(kinds.split(',')).toEqual([...new Set(kinds.split(','))]);
    // Else its controller makes the Deployments anew.
    expect(kinds.startsWith('edgeapplications')).toBe(true);
  });
});

describe('a workload that takes another form', () => {
  test('leaves what all shared beside what each site has', () => {
    expect(news({ more: clock() }, { more: clock('of the site') })).toEqual([
      `[vans/clock] is made for each site from now on in [vans/edge], and what all sites shared stays beside it and runs, too; delete it before the new ones are applied: \`kubectl delete ${podKinds} --all-namespaces --selector 'edgecdk.dev/workload=clock,!edgecdk.dev/site'\``,
    ]);
  });

  test('leaves what each site had beside what all share', () => {
    const [line, ...others] = news({ more: clock('of the site') }, { more: clock() });
    expect(line).toMatch(/^\[vans\/clock\] is shared by all sites from now on.*configmaps/);
    expect(line).toContain(`--selector 'edgecdk.dev/workload=clock,edgecdk.dev/site'`);
    expect(others).toEqual([]);
  });

  test.each([
    ['all share', undefined, 'edgeapplications.apps.kubeedge.io', '!edgecdk.dev/site'],
    ['each site has', 'of the site', 'deployment.v1.apps', 'edgecdk.dev/site'],
  ] as const)('leaves what made the pods that %s where that is of another kind', (_, own, kind, site) => {
    const [line, ...others] = news({ more: clock(own) }, { more: clock(own, Run.onEveryNode()) });
    expect(line).toMatch(/^\[vans\/clock\] has its pods made by daemonset/);
    expect(line).toContain(
      `\`kubectl delete ${kind} --all-namespaces --selector 'edgecdk.dev/workload=clock,${site}'\``,
    );
    expect(others).toEqual([]);
  });

  test('is told once', () => {
    const [, second = [], third] = runs(
      { more: clock() },
      { more: clock('of the site') },
      { more: clock('of the site') },
    );
    expect(second).toHaveLength(1);
    expect(third).toEqual([]);
  });
});

test('a workload that is gone is not gone from the cluster', () => {
  const [line, ...others] = news({ more: clock() }, {});
  expect(line).toMatch(/^\[vans\/edge\] no longer has vans\/clock.*--selector edgecdk.dev\/workload=clock/);
  expect(others).toEqual([]);
});

describe('a site group with another name', () => {
  test('needs its nodes labelled anew before anything is applied', () => {
    expect(news({ more: clock() }, { more: clock(), ids: { north: 'lorries' } })).toEqual([
      "[vans/edge] has sites of the group 'north' that are of 'lorries' from now on, and their nodes bear the label that they registered with: without the new one they lose their workloads, and no changed node tree reaches them. Before anything is applied: `kubectl label nodes --selector edgecdk.dev/site-group=north edgecdk.dev/site-group=lorries --overwrite`; afterwards `kubectl delete nodegroups.apps.kubeedge.io north-gateway north-panel` (north-1, north-2)",
    ]);
  });

  test('names the sites where others stay', () => {
    const [line, ...others] = news({}, { north: vans('north', 1), south: [...vans('south', 2), van('north-2')] });
    expect(line).toContain('kubectl label nodes --selector edgecdk.dev/site=north-2 edgecdk.dev/site-group=south');
    expect(line).not.toContain('nodegroups');
    expect(others).toEqual([]);
  });

  test('says so of vans that are paused, once', () => {
    const paused = vans('north', 2).map((row) => ({ ...row, state: 'paused' }));
    const [, second = [], third] = runs(
      {},
      { ids: { north: 'lorries' }, north: paused },
      { ids: { north: 'lorries' } },
    );
    expect(second.filter((line) => line.includes('kubectl label nodes'))).toHaveLength(1);
    expect(third).toEqual([]);
  });

  test('asks nothing of vans that were only planned', () => {
    const planned = vans('north', 2).map((row) => ({ ...row, state: 'planned' }));
    expect(news({ north: planned }, { north: planned, ids: { north: 'lorries' } })).toEqual([]);
  });
});

describe('another address of cloudcore', () => {
  const [line = '', ...others] = news({}, { cluster: { advertiseAddress: ['203.0.113.20'] } });

  test('comes to machines after its certificate', () => {
    expect(others).toEqual([]);
    expect(line).toContain('[vans/edge] has machines that dial 203.0.113.20:10000/tcp');
    const order = [
      'beside the new one in advertiseAddress or dnsNames',
      'apply the chart',
      'delete secret cloudcoresecret',
      'rollout restart deployment/cloudcore',
      'kubectl get nodes',
      'apply manifests/10-edgecdk-nodes.yaml',
      'take the old one out',
    ];
    expect(order.filter((text) => !line.includes(text))).toEqual([]);
    expect(order.map((text) => line.indexOf(text))).toEqual(
      order.map((text) => line.indexOf(text)).sort((a, b) => a - b),
    );
  });

  test('that machines do not dial needs nothing of them', () => {
    expect(news({}, { cluster: { advertiseAddress: ['203.0.113.10', '203.0.113.20'] } })).toEqual([]);
  });

  test('and the same with other ports needs no certificate', () => {
    const [ports = ''] = news({}, { cluster: { exposure: 'node-ports' } });
    expect(ports).toContain('let cloudcore answer at both');
    expect(ports).not.toContain('cloudcoresecret');
  });
});

describe('a van that leaves', () => {
  const leaves = 'kubectl delete nodes --selector edgecdk.dev/site=north-2`';

  test('keeps its nodes until they are deleted, and that comes first', () => {
    const [line, ...others] = news(
      { more: clock() },
      { more: clock(), north: [van('north-1'), van('north-2', { state: 'closed' })] },
    );
    expect(line).toMatch(/^\[vans\/edge\] has sites no longer.*Delete the nodes first/);
    expect(line).toContain(leaves);
    expect(line).not.toContain('for itself');
    expect(others).toEqual([]);
  });

  test('has what it had for itself deleted, too', () => {
    const more = clock('of the site');
    const [line] = news({ more }, { more, north: [van('north-1'), van('north-2', { state: 'closed' })] });
    expect(line).toContain(leaves);
    expect(line).toMatch(/`kubectl delete edgeapplications\S+ --all-namespaces --selector edgecdk.dev\/site=north-2`/);
  });

  test('is said so where a row went from the inventory', () => {
    expect(news({}, { north: vans('north', 1) }).some((line) => line.includes(leaves))).toBe(true);
  });

  test('is told when it closes what stays of it', () => {
    const more = clock('of the site');
    const closing = { more, north: [van('north-1'), van('north-2', { state: 'closing' })] };
    const [, second = [], third] = runs({ more }, closing, closing);
    expect(second).toHaveLength(1);
    expect(second[0]).toMatch(/^\[vans\/edge\] has sites that close.*--selector edgecdk.dev\/site=north-2`/);
    expect(third).toEqual([]);
  });
});

test('a blueprint with another name leaves what carried its node trees', () => {
  const lines = news({}, { ids: { blueprint: 'lorry' } });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\[vans\/edge\] no longer has the node tree van\.agent\.gateway/);
  expect(lines[0]).toContain(
    '`kubectl delete daemonset --namespace edgecdk-system --selector edgecdk.dev/carrier=edgecdk-van-agent-gateway`',
  );
  expect(lines[1]).toContain('edgecdk.dev/carrier=edgecdk-van-agent-panel');
});

test('a cluster with another name is the same cluster, or another', () => {
  const [line, ...others] = news({ machines: false }, { machines: false, ids: { cluster: 'cloud' } });
  expect(line).toMatch(/^\[vans\/cloud\] stands in clusters\/cloud from now on, and clusters\/edge is removed/);
  expect(others).toEqual([]);
});

test('an assembly says what the next run compares with', () => {
  withVanLock((root) => {
    vanFleet({ machines: true }, root).synth();
    const assembly = readAssembly(`${root}/dist`, 'vans');
    expect([...(assembly?.sites() ?? [])].map(({ name, group }) => `${name} ${group}`).sort()).toEqual([
      'north-1 north',
      'north-2 north',
      'south-1 south',
      'south-2 south',
    ]);
    expect(assembly?.record.trees['van.agent.gateway']?.dials).toContain('203.0.113.10:10000/tcp');
  });
});

test('what cannot work on vans counts all of those that have it', () => {
  const [line] = runs({
    north: vans('north', 5),
    south: vans('south', 4),
    more: ({ fleet, van: place, gateway }) =>
      void new ContainerWorkload(fleet, 'shop', {
        ...APP,
        ports: { http: 8080 },
        placement: Placement.on(place).onNodes(gateway),
      }),
  }).map((lines) => lines.filter((text) => text.includes('leads nowhere')));
  expect(line).toHaveLength(1);
  expect(line?.[0]).toContain('north-1, north-2, north-3, north-4, north-5 and 4 more');
});
