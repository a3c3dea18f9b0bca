import { acknowledge, ContainerWorkload, HelmWorkload, Placement, Run, SecretRef, SecretStore } from 'edgecdk';
import { formatProblem } from '../../../../lib/model/problem';
import { APP, type VanFleet, van, vanFleet } from '../../../support/van-fleet';
import { withFiles } from '../../../support/with-files';
import { type Loose, type Made, problems } from './made-clusters';

describe('what is wrong', () => {
  const on =
    (id: string, props: object) =>
    ({ fleet, van: place, gateway }: Made) => {
      const placement = Placement.on(place).onNodes(gateway);
      new ContainerWorkload(fleet, id, { ...APP, placement, ...props } as Loose);
    };
  const holes = { env: ({ site }: Loose) => ({ PLATE: site.values.plate }) };

  test.each<[string, VanFleet, RegExp]>([
    ['a release with holes', { cluster: { version: 'v1.23.0' } }, /^\[vans\/edge\] KubeEdge v1\.23\.0 has known holes/],
    [
      'a Kubernetes that does not go with it',
      { cluster: { kubernetes: '1.99' } },
      /^\[vans\/edge\] KubeEdge v1\.23\.1 does not go with Kubernetes 1\.99/,
    ],
    [
      'a Kubernetes that is none',
      { cluster: { kubernetes: 'x' as '1.1' } },
      /^\[vans\/edge\] KubeEdge v1\.23\.1 does not go with Kubernetes x/,
    ],
    ['more nodes than it takes', { cluster: { nodeLimit: 7 } }, /^\[vans\/edge\] 8 nodes join.*raise nodeLimit to 8/],
    [
      'a name that is too long with a site behind it',
      { more: on('x'.repeat(57), holes) },
      /^\[vans\/x+\] makes the Deployment 'x+-north-1' of 65 characters.*\(north-1/,
    ],
    [
      'a name that is too long with a group behind it',
      { more: on('x'.repeat(52), {}) },
      /^\[vans\/x+\] cannot be an EdgeApplication/,
    ],
    [
      'a name of a CronJob that is too long',
      { more: on('x'.repeat(45), { run: Run.schedule('0 3 * * *') }) },
      /^\[vans\/x+\] makes the CronJob 'x+-north-1' of 53 characters.* its name has 52/,
    ],
    [
      'a Helm chart',
      {
        more: ({ fleet, van: place }) => {
          new HelmWorkload(fleet, 'chart', {
            chart: 'x',
            repo: 'https://charts.example',
            version: '1.0.0',
            placement: Placement.on(place),
          });
        },
      },
      /^\[vans\/chart\] HelmChart \S+ needs the Helm controller of K3s/,
    ],
    [
      'a workload and a site of one that come to one name',
      {
        more: (made) => {
          on('db', holes)(made);
          on('db-north', holes)(made);
        },
        south: [van('1')],
      },
      /^\[vans\/db-north\] makes Deployment db-north-1, which \[vans\/db\] makes too for the site north-1/,
    ],
    [
      'secrets in files on machines',
      {
        machines: true,
        fleet: { secrets: SecretStore.nodeFiles() },
        more: on('app', { env: { KEY: SecretRef.of('login', 'key') } }),
      },
      /^\[vans\/app\] names the secret login, which is a folder on machines, and those of KubeEdge cannot make the Secret default\/app-login/,
    ],
    [
      'a Service that nobody serves',
      { more: on('app', { ports: { http: 80 } }) },
      /^\[vans\/app\] Service default\/app leads nowhere/,
    ],
    [
      'a release with known holes, and not that it is not locked',
      { machines: true, cluster: { version: 'v1.23.0' } },
      /^\[vans\/van\] cannot set up its machines: KubeEdge v1\.23\.0 has known holes/,
    ],
  ])('%s is told at its construct', (_, described, message) => {
    const found = problems(described);
    expect(found).toContainEqual(expect.stringMatching(message));
    expect(found.filter((problem) => message.test(problem))).toHaveLength(1);
  });
});

test('a Service that nobody on a node asks for is acknowledged, and told once', () => {
  const more: VanFleet['more'] = ({ fleet, van: print }) => {
    const app = new ContainerWorkload(fleet, 'app', { ...APP, ports: { http: 80 }, placement: Placement.on(print) });
    acknowledge(app, 'edgecdk-kubeedge-service', 'the port is for its health check alone');
  };
  const { warnings, acknowledged } = withFiles({}, (root) => vanFleet({ more }, root).synth());
  expect(warnings.map(formatProblem).filter((text) => /leads nowhere|acknowledge/.test(text))).toEqual([]);
  expect(acknowledged.map(formatProblem)).toEqual([
    expect.stringMatching(/^\[vans\/app\] Service default\/app leads nowhere .* \[edgecdk-kubeedge-service\]$/),
  ]);
});
