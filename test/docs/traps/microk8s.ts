import { type CoveringTest, covered, type Trap } from './trap';

const node = 'lib/distributions/microk8s/node';
const own = (title: string, row?: string): CoveringTest => covered(`${node}/traps.test.ts`, title, row);
const refused = (row: string): CoveringTest => covered(`${node}/refusals.test.ts`, '%s is refused', row);

export const MICROK8S_TRAPS: readonly Trap[] = [
  {
    number: 31,
    trap: 'A launch configuration takes the place of MicroK8s’s own, and with it of the addon dns and the DNS of the kubelet.',
    by: 'construction',
    how: 'both are always said again',
    tests: [own('trap 31: a launch configuration repeats the addon dns and the DNS that it replaces')],
  },
  {
    number: 32,
    trap: 'The agent of 1.27 refuses a document of version 0.2.0, and every agent one without a version.',
    by: 'construction',
    how: 'the newer version is written only with keys that need it',
    tests: [
      own('trap 32: %s gets a version of the launch configuration that its agent reads'),
      refused('networks in 1.27'),
    ],
  },
  {
    number: 33,
    trap: 'An argument without its dashes is a line that no service knows, and an unknown key is passed over.',
    by: 'error',
    how: 'keys are those of the catalogue, and arguments have dashes',
    tests: [
      own('trap 33: an argument without dashes is refused, as is a key that the agent would pass over'),
      covered(
        'lib/catalog/closed-schemas.test.ts',
        'MicroK8s is told what it knows, and of services what EdgeCDK knows or the program says, with %s',
      ),
    ],
  },
  {
    number: 34,
    trap: 'Who says an argument that is a list, such as feature gates or labels, replaces the list that MicroK8s starts with.',
    by: 'construction',
    how: 'lists are merged with MicroK8s’s own, and labels are no argument',
    tests: [own('trap 34: in %s, %s %s=%s keeps what MicroK8s has: %s'), own('trap 34: labels are no argument')],
  },
  {
    number: 35,
    trap: 'The agent writes an extra file wherever its name leads, since its check of slashes has its sides exchanged.',
    by: 'error',
    how: 'names are plain',
    tests: [own('trap 35: a file %s is refused'), refused('a file outside of its folder')],
  },
  {
    number: 36,
    trap: 'An addon or a join that fails in a launch configuration is tried again every few seconds for ever.',
    by: 'type',
    how: 'neither is written there; apply.sh does both, and addons are checked against track, architecture and confinement',
    tests: [
      own(
        'trap 36: no launch configuration has an addon, a repository, a token or a join that could be tried for ever',
      ),
      refused('an addon that there is not'),
    ],
  },
  {
    number: 37,
    trap: 'A launch configuration that comes after the snap is not read, and of several places the first counts.',
    by: 'construction',
    how: 'it is written before, to the place that is looked at first',
    tests: [
      own('trap 37: the launch configuration is written before the snap is installed, where no other can shadow it'),
    ],
  },
  {
    number: 38,
    trap: 'snapd refreshes all nodes when it likes, and a channel without a track goes on to the next minor.',
    by: 'error',
    how: 'the snap is held, and a channel has a track',
    tests: [
      own('trap 38: the snap is held as soon as it is there, and only a channel with a track is taken'),
      refused('a channel that goes on by itself'),
    ],
  },
  {
    number: 39,
    trap: 'Until the addon rbac is on, every pod may do anything.',
    by: 'error',
    how: 'rbac stands before all others or is refused, and a cluster without it is warned of',
    tests: [
      own('trap 39: rbac is the first addon, before anything can use what is open'),
      covered(`${node}/refusals.test.ts`, 'servers on cards, and a cluster that is open to its pods, are warned of'),
    ],
  },
  {
    number: 40,
    trap: 'The addon nvidia is for amd64 alone, there is no MicroK8s for ARMv7, and with 512 MiB it does not start.',
    by: 'error',
    how: 'addons, architectures and memory are held against each other',
    tests: [
      own('trap 40: nvidia on arm64, MicroK8s on ARMv7, and 512 MiB are refused'),
      refused('nvidia with the strict snap'),
    ],
  },
  {
    number: 41,
    trap: 'A node whose name the others cannot find is refused, and a join replaces the labels of a worker.',
    by: 'construction',
    how: 'every node is in the hosts of every other, and labels are given by a server after the join',
    tests: [
      own('trap 41: every node is in the hosts of every other, and labels of workers are given by a server'),
      covered('synth/microk8s-refused.test.ts', '%s', 'several machines without addresses'),
    ],
  },
  {
    number: 42,
    trap: 'dqlite over weak links, or with fewer than three servers of several, stands still for long after a loss.',
    by: 'type',
    how: 'servers are 1, 3 or 5; a cluster is of one site, so that its servers share a network',
    tests: [
      own('trap 42: a count of servers that stops when as many fail as with one fewer is refused'),
      refused('two servers'),
    ],
  },
  {
    number: 43,
    trap: 'A token for the whole cluster has 32 characters, never ends, and is everybody’s who reads its file.',
    by: 'construction',
    how: 'it is a named secret, on the first server alone, and is taken away when all have joined',
    tests: [
      own(
        'trap 43: a token has 32 characters or more, stands in no file of a tree, and is taken away when all have joined',
      ),
      refused('something that may be a token'),
    ],
  },
  {
    number: 44,
    on: 'all',
    trap: 'User-data that begins as a template has the braces of Helm and of Go filled in, or taken away.',
    by: 'construction',
    how: 'it begins with `#cloud-config` and is none',
    tests: [
      own('trap 44: user-data is no template, so that braces in it are its own'),
      covered('lib/render/node/seed/seed.test.ts', 'contents come through as they are, modes as text'),
    ],
  },
];
