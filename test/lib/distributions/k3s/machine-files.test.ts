import { RegistrationAddress } from 'edgecdk';
import { collect } from '../../../../constructs/collect';
import { model } from '../../../../constructs/internal';
import { render } from '../../../../lib/render/render';
import { resolve } from '../../../../lib/resolve/resolve';
import { type NodeFleet, nodeFleet, VERSION, withLock } from '../../../support/node-fleet';

/** Files of the first site's cluster, each with its objects as `Kind name`. */
function filesOf(described: NodeFleet): Record<string, string[]> {
  return withLock((root) => {
    const fleet = nodeFleet(root, described);
    const plan = resolve(collect(fleet, fleet[model]));
    const files = render(plan).clusters.get(plan.sites[0]?.cohort ?? '') ?? [];
    return Object.fromEntries(
      files.map(({ name, objects }) => [name, objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)]),
    );
  });
}

const none = { operatingSystem: undefined };
const vip = RegistrationAddress.virtualIp('10.1.1.9');
const move = { from: VERSION, to: 'v1.34.9+k3s1' } as const;

describe('a cluster', () => {
  test.each<[string, NodeFleet, string[]]>([
    ['carries node trees to its machines', {}, ['edgecdk-nodes']],
    ['lends them an address', { cluster: { registrationAddress: vip } }, ['edgecdk-kube-vip', 'edgecdk-nodes']],
    [
      'has nothing to do for a host of somebody else',
      { cluster: { registrationAddress: RegistrationAddress.host('k3s.example') } },
      ['edgecdk-nodes'],
    ],
    [
      'moves them to another release',
      { cluster: { version: move } },
      ['edgecdk-nodes', 'edgecdk-upgrade', expect.stringMatching(/^edgecdk-upgrade-customresourcedefinition-/)],
    ],
    ['has nothing for machines of a cluster that was there', { existing: true }, []],
    ['has nothing for machines that others set up', { box: none, till: none }, []],
    [
      'has nothing for them whatever it says of machines',
      { box: none, till: none, cluster: { registrationAddress: vip } },
      [],
    ],
  ])('%s', (_what, described, names) => {
    expect(
      Object.keys(filesOf(described))
        .filter((name) => name.startsWith('edgecdk-'))
        .sort(),
    ).toEqual(names);
  });

  test('has one carrier for each tree, and what they share once', () => {
    const objects = filesOf({})['edgecdk-nodes'] ?? [];
    expect(objects.filter((object) => object.startsWith('DaemonSet')).sort()).toEqual([
      'DaemonSet edgecdk-agent-till',
      'DaemonSet edgecdk-server-box',
    ]);
    expect(new Set(objects).size).toBe(objects.length);
  });

  test('has the address of each site in it', () => {
    withLock((root) => {
      const fleet = nodeFleet(root, {
        cluster: ({ site }) => ({ registrationAddress: RegistrationAddress.virtualIp(`${site.values.net}.9`) }),
      });
      const plan = resolve(collect(fleet, fleet[model]));
      const [cohort, ...others] = [...render(plan).clusters.values()];
      expect(others).toEqual([]);
      const file = cohort?.find(({ name }) => name === 'edgecdk-kube-vip');
      expect(file?.template.holes.map(({ hole }) => hole)).toContain('site.values.net');
    });
  });
});
