import { type CoveringTest, covered, type Trap } from './trap';

const cloud = 'lib/distributions/kubeedge/cloud';
const node = 'lib/distributions/kubeedge/node';
const leaf = 'lib/render/workload/leaf';
const own = (row: string): CoveringTest => covered(`${cloud}/traps.test.ts`, 'trap %i: %s', row);
const refused = (row: string): CoveringTest => covered(`${node}/tree.test.ts`, 'nodes with %s are refused', row);
const clusterRefused = (row: string): CoveringTest =>
  covered(`${cloud}/cloud-part.test.ts`, 'a cluster with %s is refused', row);

export const KUBEEDGE_TRAPS: readonly Trap[] = [
  {
    number: 1,
    trap: 'Keys that are misspelt or of an old release are passed over without a word, and a section that is null is a crash.',
    by: 'type',
    how: 'only keys of the catalogue are written, none of them null; others pass when they are named as unchecked',
    tests: [
      own('a key that nobody knows is silent: only keys of a closed list are written, and none is null'),
      covered(`${node}/tree.test.ts`, 'every key of edgecore.yaml is known, of its type and not null, with %s'),
      covered(
        'lib/catalog/closed-schemas.test.ts',
        'reach edgecore where they are named as unchecked, and no others do',
      ),
    ],
  },
  {
    number: 2,
    trap: 'Cloud and edge spell the same key differently, and some keys stand elsewhere than they seem to belong.',
    by: 'type',
    how: 'paths are those of the catalogue, and the spelling of the other half is refused',
    tests: [
      own('spellings of cloud and edge differ, and some keys stand elsewhere than one thinks'),
      refused('the spelling of the cloud'),
    ],
  },
  {
    number: 3,
    trap: 'Some durations are bare numbers and others texts, and a cycle counts in milliseconds only from 1.18 on.',
    by: 'construction',
    how: 'each key has its type; releases before 1.21 are refused',
    tests: [
      own('some durations are bare numbers'),
      covered(`${leaf}/traps.test.ts`, 'cycles are milliseconds'),
      clusterRefused('a release that is too old'),
    ],
  },
  {
    number: 4,
    trap: 'The chart’s own list of addresses has one that is empty: it passes, and the certificate is for nobody, for good.',
    by: 'error',
    how: 'there must be an address, and it must be one',
    tests: [own('an address that is empty passes, and gives a certificate for nobody'), clusterRefused('no address')],
  },
  {
    number: 5,
    trap: 'Of websocket and QUIC exactly one must be on, and cloudcore looks at address and port of the one that is off.',
    by: 'type',
    how: 'a cluster has one protocol, and both have their address',
    tests: [
      own('exactly one protocol is on, and the one that is off keeps its address and port in the cloud'),
      covered(`${node}/tree.test.ts`, 'exactly one of the two protocols is on'),
    ],
  },
  {
    number: 6,
    trap: 'Both daemons write their configuration anew where it is not as they want it, and then it differs from what was delivered.',
    by: 'construction',
    how: 'numbers are those that cloudcore wants, and the version is what edgecore says of itself',
    tests: [
      own('both daemons write their configuration anew where it is not as they want it'),
      covered(
        `${cloud}/cloud-part.test.ts`,
        'cloudcore has nothing to set right in its configuration, whatever its number of nodes',
      ),
      covered(`${node}/before-edgecore.test.ts`, 'the holes of the configuration are filled with what the node is'),
    ],
  },
  {
    number: 7,
    trap: 'Behind node ports four ports change, and keadm forgets that of the tunnel.',
    by: 'construction',
    how: 'one table has the ports of each way to reach cloudcore',
    tests: [
      own("behind node ports all four ports are others, the tunnel's too"),
      covered(`${node}/tree.test.ts`, 'behind node ports, the tunnel has one, too'),
    ],
  },
  {
    number: 8,
    trap: 'The cgroup driver is cgroupfs unless it is said, most systems have the other, and nobody finds out by himself.',
    by: 'construction',
    how: 'runtime and edgecore get it from one place',
    tests: [
      own('the cgroup driver is said, and is that of the runtime'),
      covered(`${node}/tree.test.ts`, 'edgecore and the runtime have one cgroup driver and one socket'),
    ],
  },
  {
    number: 9,
    trap: 'Nothing keeps DaemonSets of the cluster off edge nodes; and with a taint, what belongs there must tolerate it.',
    by: 'construction',
    how: 'DaemonSets that are named are patched, and workloads of ours tolerate the taint',
    tests: [
      own("nothing keeps the cluster's DaemonSets away but a patch; what is ours tolerates a taint"),
      covered(`${cloud}/place-workload.test.ts`, 'pods stay with a node that is off, and nothing waits for it'),
    ],
  },
  {
    number: 10,
    trap: 'The label of the edge role must be there with an empty value.',
    by: 'error',
    how: 'edgecore sets it, and a device class that does is refused',
    tests: [own("the label of an edge node is edgecore's own: no program can give it a value")],
  },
  {
    number: 11,
    trap: 'The token of the fleet is one for all nodes and lives for a day.',
    by: 'construction',
    how: 'nodes have certificates of their own, or ask for a token when they start, which stays in memory',
    tests: [
      own('a token is one for all nodes and lives a day: it is asked for at boot and kept nowhere'),
      covered(`${node}/before-edgecore.test.ts`, 'a token is asked for, checked, and kept in memory alone'),
    ],
  },
  {
    number: 12,
    trap: 'A feature is several switches in the cloud and on nodes, most of them off.',
    by: 'type',
    how: 'a feature is one word that sets all of its switches',
    tests: [
      own('a feature is several switches: one name sets them all'),
      covered(`${cloud}/cloud-part.test.ts`, 'a feature is switched on with all that it needs'),
      covered(`${node}/tree.test.ts`, 'features are on at the edge, too'),
    ],
  },
  {
    number: 13,
    trap: 'An EdgeApplication takes Deployments alone, loses node selectors, and overrides resources only where they are said.',
    by: 'error',
    how: 'what it cannot express is written as plain objects, and impossible overriders are refused',
    tests: [
      own('an EdgeApplication is for Deployments alone, and overrides what is there alone'),
      covered(`${cloud}/place-workload.test.ts`, 'plain objects with affinity where %s'),
      covered(
        `${cloud}/place-workload.test.ts`,
        'a nodeSelector, which an EdgeApplication would lose, becomes affinity',
      ),
    ],
  },
  {
    number: 14,
    trap: 'A pod with a runtimeClassName does not start under edgecore.',
    by: 'error',
    how: 'refused, with the way to have that runtime all the same',
    tests: [
      own('a runtimeClassName keeps a pod from starting'),
      covered(`${cloud}/place-workload.test.ts`, '%s at the edge is told', 'a runtimeClassName'),
    ],
  },
  {
    number: 15,
    trap: 'Devices have a dozen rules that the API server does not check, from the old API that is pruned to nothing to one mapper for each protocol.',
    by: 'error',
    how: 'leaf devices are typed constructs, and manifests are looked through',
    tests: [
      own(
        'devices of the old API are accepted and come out as nonsense (models and mappers: the tests of leaf devices)',
      ),
      covered('lib/check/rules/kubeedge-device.test.ts', 'a %s of the old API is refused'),
      covered(`${leaf}/traps.test.ts`, 'a device always has a model, in its own namespace'),
      covered(`${leaf}/traps.test.ts`, 'device, visitors, model and mapper name one protocol'),
      covered(`${leaf}/traps.test.ts`, 'every property of the model has a visitor with both members'),
      covered(`${leaf}/traps.test.ts`, 'a setting that is %s is refused'),
      covered(`${leaf}/traps.test.ts`, 'integers beyond what a 32-bit float holds are texts, and others stay numbers'),
      covered(`${leaf}/device-objects.test.ts`, 'a device model has scalar types and bounds that are texts'),
      covered('lib/check/leaf-mappers.test.ts', 'a second mapper of a protocol on a node is refused'),
    ],
  },
  {
    number: 16,
    trap: 'keadm has lost flags, and its `--set` cuts a value at an equals sign.',
    by: 'error',
    how: 'nothing runs `keadm join`; a job with such a value is refused',
    tests: [own('keadm join is not run, and a job gives keadm nothing that it cuts')],
  },
  {
    number: 17,
    trap: 'The chart of 1.23.1 deploys images of 1.23.0, and its role may not read the states of devices.',
    by: 'construction',
    how: 'images are named by the release of the cluster, and the missing role comes along',
    tests: [own("the chart brings images of an earlier release, and a role that lacks devices' states")],
  },
  {
    number: 18,
    trap: 'edgecore and another kubelet on one machine share a folder, and each takes the other’s pods away.',
    by: 'error',
    how: 'apply.sh refuses a machine with another Kubernetes',
    tests: [
      own('one machine is of one Kubernetes (apply-script.test.ts: a machine with another Kubernetes)'),
      covered(`${node}/apply-script.test.ts`, 'a machine with %s is left as it is', 'another Kubernetes'),
    ],
  },
  {
    number: 19,
    trap: 'Nodes above `nodeLimit` are turned away, also when a cloudcore dies and the others take its nodes; the chart’s limits are for toys.',
    by: 'error',
    how: 'counted with one cloudcore lost, and memory follows the number of nodes',
    tests: [
      own("nodeLimit is at least what joins, with one cloudcore lost, and the chart's own limits are for toys"),
      clusterRefused('more nodes than remain with one cloudcore lost'),
    ],
  },
  {
    number: 20,
    trap: 'Names of nodes are lower-case labels, an EdgeApplication adds the group to that of its Deployment, and groups are of the whole cluster.',
    by: 'error',
    how: 'lengths are checked with all that is added, and groups bear the site group',
    tests: [
      own('names have their lengths, and a NodeGroup is of the whole cluster'),
      covered('lib/resolve/inventory/site-name.test.ts', 'may not be %j', 'store_no.12'),
      covered('lib/resolve/nodes.test.ts', '%s are a problem', 'with a long name'),
    ],
  },
];
