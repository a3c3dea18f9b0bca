import { type CoveringTest, covered, type Trap } from './trap';

const node = 'lib/distributions/k3s/node';
const scripts = 'lib/render/node/script';
const own = (title: string): CoveringTest => covered(`${node}/traps.test.ts`, title);
const refused = (row: string): CoveringTest => covered(`${node}/refusals.test.ts`, '%s is refused', row);

export const K3S_TRAPS: readonly Trap[] = [
  {
    number: 1,
    trap: 'A misspelt key of `config.yaml` costs a line in the log, and K3s starts without it.',
    by: 'type',
    how: 'a configuration has the keys of the catalogue and no others',
    tests: [
      covered(`${node}/tree.test.ts`, 'every key of %s is known, has its type, and stands in one file'),
      covered('lib/catalog/closed-schemas.test.ts', 'K3s is told what it knows, with %s'),
    ],
  },
  {
    number: 2,
    trap: 'Of a list that stands in two files of `config.yaml.d`, the later file wins and nothing is merged.',
    by: 'construction',
    how: 'each key stands in one file of a machine',
    tests: [own('trap 2: no key stands in two of the files that one machine reads')],
  },
  {
    number: 3,
    trap: 'K3s reads YAML 1.1: a bare `0644` is a number in base 8, and bare `on`, `no` and `yes` are switches.',
    by: 'construction',
    how: 'texts are written in quotes wherever a reader could take them for something else',
    tests: [
      covered(
        'lib/render/node/yaml-text.test.ts',
        '%j is the same text to readers of YAML 1.1 and 1.2, as value, item and key',
      ),
      covered(`${node}/tree.test.ts`, 'a script or a file with words that YAML 1.1 reads as something else'),
    ],
  },
  {
    number: 4,
    trap: 'A server whose networks, domain or disabled components are not those of the others does not join.',
    by: 'construction',
    how: 'all servers are made from one description of their cluster',
    tests: [own('trap 4: servers of two device classes agree on all that K3s compares')],
  },
  {
    number: 5,
    trap: 'An even number of servers with etcd fails as early as one fewer; two are worse than one.',
    by: 'type',
    how: 'servers are 1, 3 or 5, and where types are got around, an error',
    tests: [
      covered('synth/bad-fleets.test.ts', '%s is an error', 'of two servers'),
      refused('an even count with etcd'),
    ],
  },
  {
    number: 6,
    trap: 'SQLite is a file of one server: a second one has no part in it.',
    by: 'error',
    how: 'several servers have etcd by default, and SQLite is refused',
    tests: [refused('two servers with SQLite')],
  },
  {
    number: 7,
    trap: 'SD cards and eMMC are too slow for etcd, and wear out.',
    by: 'error',
    how: 'refused where the storage is said, warned of where the hardware usually has it',
    tests: [
      covered(
        'lib/resolve/nodes.test.ts',
        'are a warning on hardware that is usually too slow for etcd, and an error where it is said to be',
      ),
      refused('etcd on SD cards'),
      refused('etcd on eMMC'),
    ],
  },
  {
    number: 8,
    trap: 'A node name that was in use before, or is in use twice, is turned away with its password.',
    by: 'construction',
    how: 'names are unique in the fleet, and a machine that is replaced gets another',
    tests: [
      covered('lib/resolve/nodes.test.ts', 'of two sites cannot have one name'),
      covered('lib/resolve/nodes.test.ts', 'with a generation gives another name, and another host'),
      covered('synth/nodes/bad-changes.test.ts', 'of an earlier generation does not come back'),
    ],
  },
  {
    number: 9,
    trap: 'A Raspberry Pi has its memory cgroup off, and arguments on a second line of `cmdline.txt` are not read.',
    by: 'construction',
    how: 'the one line of the right file is edited, and the machine restarts before K3s starts',
    tests: [
      covered(`${scripts}/runs.test.ts`, 'is given its arguments in the one line, and the machine restarts once'),
      covered(`${scripts}/refused-runs.test.ts`, 'where cmdline.txt has a second line, which no firmware reads'),
      covered(`${node}/tree.test.ts`, 'kernel arguments go with the file that holds them'),
    ],
  },
  {
    number: 10,
    trap: 'Without a clock of its own a machine wakes in the past: K3s ends, or makes certificates that are not valid yet.',
    by: 'construction',
    how: 'K3s starts behind the time service, and not on a day that cannot be',
    tests: [
      covered(
        `${node}/tree.test.ts`,
        'a server waits for its disk, its clock and its secrets, and brings its timers along',
      ),
      covered(`${node}/tree.test.ts`, 'a clock is wrong before the day of the lock, and twenty years after it'),
      covered(`${node}/identity.test.ts`, 'time servers are the site’s ($operatingSystem.name)'),
    ],
  },
  {
    number: 11,
    trap: 'iptables 1.8.0 to 1.8.4, and 1.6.1 and older in nft mode, break the rules of kube-proxy and flannel.',
    by: 'construction',
    how: 'systems of the catalogue are newer; on any other, K3s takes its own tools',
    tests: [own('trap 11: on a system that the catalogue does not have, K3s takes the iptables that it brings')],
  },
  {
    number: 12,
    trap: 'ARMv6 gets the binary of ARMv7 and crashes, and an image without the platform of a node does not start.',
    by: 'error',
    how: 'device classes and images are held against the platforms',
    tests: [
      refused('a machine of ARMv6'),
      covered(`${scripts}/refused-runs.test.ts`, '$name', 'on ARMv6'),
      covered('lib/check/ledger/ledger.test.ts', 'that no node has are an error'),
    ],
  },
  {
    number: 13,
    trap: '32-bit ARM is `arm`, `armhf` and `arm/v7`, depending on who speaks.',
    by: 'construction',
    how: 'one table has the names of each',
    tests: [
      covered('lib/model/platform.test.ts', 'nodes of %s are labelled %s'),
      covered(
        'lib/artifacts/k3s.test.ts',
        'a release is locked by binary and images, and by nothing else that it lists',
      ),
      covered('lib/model/lock/parse.test.ts', 'the files of %s are %s and %s', 'k3s-armhf'),
    ],
  },
  {
    number: 14,
    trap: 'A token in a unit, an argument or a readable file is everybody’s; the full form is refused by the first server.',
    by: 'error',
    how: 'tokens are named and never written, agents have one of their own; the runbook makes the short form',
    tests: [
      own('trap 14: a token is in no file of a tree, and what names its file is for root alone'),
      covered('synth/nodes/bad-clusters.test.ts', '%s', 'with a token where the name of its secret belongs'),
      refused('one token for all'),
      covered(`${node}/tree.test.ts`, 'an agent has the token of agents alone'),
    ],
  },
  {
    number: 15,
    trap: 'A snapshot is worth nothing without the token of its cluster.',
    by: 'error',
    how: 'the token is copied with the database, and a bucket needs a token that outlives the server',
    tests: [
      refused('a snapshot in a bucket without a token of ours'),
      covered('lib/render/node/scripts.test.ts', 'a copy is made while K3s stands still, and the oldest go'),
    ],
  },
  {
    number: 16,
    trap: 'K3s does not start with labels in the prefixes of Kubernetes, and passes over labels that come after a node has registered.',
    by: 'error',
    how: 'prefixes of Kubernetes are refused; that later labels need `kubectl label` is said in docs/nodes.md',
    tests: [
      covered(
        'synth/bad-fleets.test.ts',
        'with a label of Kubernetes\u2019 own is an error, since K3s would not start',
      ),
    ],
  },
  {
    number: 17,
    trap: 'K3s does not take any name of a manifest, keeps the objects of one that is deleted, and reads what each server has.',
    by: 'error',
    how: 'names are checked, a file that goes becomes one without objects, and sites have one folder of manifests',
    tests: [
      covered('lib/distributions/k3s/own-objects.test.ts', '%s is no name of an AddOn'),
      covered('synth/rerun.test.ts', 'leaves a file without objects, which goes on, until it comes back'),
    ],
  },
  {
    number: 18,
    trap: 'A file `.skip` keeps a component from being written anew, and does not take it away.',
    by: 'construction',
    how: 'no such file is written; `disable` takes a component away',
    tests: [own('trap 18: what is not wanted is disabled, and nothing is skipped')],
  },
  {
    number: 19,
    trap: 'An older helm-controller drops fields of a HelmChart that it does not know, `values` among them.',
    by: 'construction',
    how: 'values are the text `valuesContent`, and no newer field is written',
    tests: [covered('synth/content.test.ts', 'a HelmWorkload is a HelmChart whose values hold any site value')],
  },
  {
    number: 20,
    trap: 'A RuntimeClass such as `nvidia` is K3s’s own: whoever makes it too takes turns with K3s in writing it.',
    by: 'error',
    how: 'objects of packaged components are refused',
    tests: [covered('lib/distributions/k3s/own-objects.test.ts', '%j is an object of K3s, unless %s is disabled')],
  },
  {
    number: 21,
    trap: 'In `registries.yaml`, credentials go by host and port of the endpoint and not by the registry, and a bare `*` is no text.',
    by: 'construction',
    how: 'the file is made from mirrors that are typed',
    tests: [covered(`${node}/tree.test.ts`, 'registries are configured by endpoint, and credentials are a mark')],
  },
  {
    number: 22,
    trap: 'The registry that nodes share needs a mirror, an open port and tags that stay, all three.',
    by: 'construction',
    how: '`embeddedRegistry` makes all three on all nodes; `latest` is warned of',
    tests: [
      own('trap 22: nodes that share images have the switch, an entry for registries and open ports'),
      covered('lib/check/rules/built-in-rules.test.ts', 'finds %s'),
    ],
  },
  {
    number: 23,
    trap: 'A Plan with a misspelt field, without a version, or with a window without days does not do what it says.',
    by: 'construction',
    how: 'Plans are made from a cluster that moves, and have a version and a window of days',
    tests: [
      covered(
        'lib/distributions/k3s/upgrade.test.ts',
        'no node is cordoned or drained, and all fields are those of a Plan',
      ),
      covered('lib/distributions/k3s/upgrade.test.ts', 'the window is in the time of the site'),
    ],
  },
  {
    number: 24,
    trap: 'A channel skips minors, and a Plan that goes back leaves its nodes cordoned.',
    by: 'error',
    how: 'clusters have exact releases and move one minor at a time, forwards',
    tests: [
      covered('synth/nodes/bad-clusters.test.ts', '%s', 'that skips a minor'),
      covered('synth/nodes/bad-clusters.test.ts', '%s', 'that goes back'),
      covered('lib/distributions/k3s/upgrade.test.ts', 'from K3s %s a server moves to v1.34.3+k3s1: %s'),
    ],
  },
  {
    number: 25,
    trap: 'Jobs of an upgrade that always pull, and give up after 15 minutes, fail at sites without a link.',
    by: 'construction',
    how: 'images that are there are taken, and the deadline follows the link',
    tests: [
      covered(
        'lib/distributions/k3s/upgrade-controller.test.ts',
        'its Jobs take the image that the node has, and no image of kubectl',
      ),
      covered('lib/distributions/k3s/upgrade.test.ts', 'the deadline with %s'),
    ],
  },
  {
    number: 26,
    on: 'K3s, MicroK8s',
    trap: 'Without a default route neither K3s nor MicroK8s starts, which is how machines without a link are.',
    by: 'construction',
    how: 'a route that leads nowhere is set where there is no other',
    tests: [
      covered('lib/render/node/scripts.test.ts', 'an offline machine gets a way out that leads nowhere'),
      covered(
        'lib/distributions/microk8s/node/tree.test.ts',
        'settings of a node without a link name snaps with revision and checksums, in their order, and images',
      ),
    ],
  },
  {
    number: 27,
    trap: 'K3s with protected kernel defaults ends where kernel settings or the files of admission and audit are missing.',
    by: 'construction',
    how: '`hardening` brings all of them, or none',
    tests: [
      covered(`${node}/tree.test.ts`, 'hardening brings all of its parts, and without it there is none'),
      covered(`${node}/tree.test.ts`, 'every admission plug-in that is switched on and needs a configuration has one'),
    ],
  },
  {
    number: 28,
    trap: 'Whoever runs the installer of K3s again without its flags loses them.',
    by: 'construction',
    how: 'nothing runs it, and all that K3s is told stands in its configuration',
    tests: [own('trap 28: no installer is run, and the unit has no flags')],
    decided: { why: 'binaries are placed by apply.sh', file: 'docs/decisions/2026-11-24-no-installer-in-the-lock.md' },
  },
  {
    number: 29,
    trap: 'Plans of ours in a cluster that Rancher manages fight with its own.',
    by: 'construction',
    how: 'only clusters of ours that move have Plans, and one that is `existing` never',
    tests: [
      covered('synth/nodes/existing-cluster.test.ts', 'it gets no Plans while it moves, since others may have theirs'),
    ],
  },
  {
    number: 30,
    trap: 'Tables of 2020 say that 512 MiB are enough for a server.',
    by: 'warning',
    how: 'the figures are those of today, with their source',
    tests: [
      own('trap 30: a server on %s takes more than tables of 2020 say'),
      covered('lib/check/ledger/ledger.test.ts', 'a server of less than K3s asks for is a warning of the blueprint'),
    ],
  },
];
