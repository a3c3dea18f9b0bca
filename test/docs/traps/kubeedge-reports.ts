import { covered, type Trap } from './trap';

const cloud = 'lib/distributions/kubeedge/cloud';
const node = 'lib/distributions/kubeedge/node';
const trap = (row: string) => covered(`${cloud}/traps.test.ts`, 'trap %i: %s', row);
const reported = (title: string) => covered(`${cloud}/reported-failures.test.ts`, title);

/** What users of KubeEdge reported and a generator can prevent; the numbers are ours. */
export const KUBEEDGE_REPORTS: readonly Trap[] = [
  {
    number: 1,
    trap: '`unknown service runtime.v1`: edgecore speaks to a socket behind which there is no CRI.',
    by: 'construction',
    how: 'the socket follows from the runtime, and edgecore waits until it is there',
    tests: [
      covered(`${node}/tree.test.ts`, 'edgecore and the runtime have one cgroup driver and one socket'),
      covered(`${node}/before-edgecore.test.ts`, 'edgecore does not start without a container runtime'),
    ],
  },
  {
    number: 2,
    trap: '`unsupported CRI runtime: "docker"`: a runtime is named by a key of releases before 1.15.',
    by: 'error',
    how: 'old keys are refused, with those that took their place',
    tests: [covered(`${node}/tree.test.ts`, 'nodes with %s are refused', 'a key of old releases')],
  },
  {
    number: 3,
    trap: 'Pods fail with names of slices: the kubelet and the runtime have different cgroup drivers.',
    by: 'construction',
    how: 'both get it from one place',
    tests: [covered(`${node}/tree.test.ts`, 'edgecore and the runtime have one cgroup driver and one socket')],
  },
  {
    number: 4,
    trap: '`cni plugin not initialized`: the node registers, and is never ready.',
    by: 'construction',
    how: 'plug-ins and their configuration are there before edgecore starts',
    tests: [
      covered(`${node}/apply-script.test.ts`, 'a new machine becomes an edge node, and a second run does nothing'),
    ],
  },
  {
    number: 5,
    trap: 'edgecore ends or starts over because kube-proxy or the network of the cluster runs on its node.',
    by: 'construction',
    how: 'DaemonSets of the cluster are patched away from edge nodes',
    tests: [trap("nothing keeps the cluster's DaemonSets away but a patch; what is ours tolerates a taint")],
  },
  {
    number: 6,
    trap: '`x509`: nodes dial an address that is not in the certificate of cloudcore.',
    by: 'error',
    how: 'what is advertised must be addresses, and names go apart',
    tests: [
      covered(`${cloud}/cloud-part.test.ts`, 'a cluster with %s is refused', 'an address that is a name'),
      covered(`${cloud}/cloud-part.test.ts`, 'a cluster with %s is refused', 'a name that is an address'),
      covered(`${node}/tree.test.ts`, 'nodes with %s are refused', 'a host with a port'),
    ],
  },
  {
    number: 7,
    trap: 'A token is still encoded, cut off or over.',
    by: 'construction',
    how: 'it is asked for at the start, and looked at before edgecore has it',
    tests: [
      covered(`${node}/before-edgecore.test.ts`, 'a token %s is refused, and not shown', 'that is still base64'),
      covered(`${node}/before-edgecore.test.ts`, 'a token is asked for, checked, and kept in memory alone'),
    ],
  },
  {
    number: 8,
    trap: '`/etc/kubeedge is not clean`: keadm joins nothing where files are.',
    by: 'construction',
    how: 'nothing runs `keadm join`',
    tests: [trap('keadm join is not run, and a job gives keadm nothing that it cuts')],
  },
  {
    number: 9,
    trap: 'A host name in upper case makes another node, or none.',
    by: 'error',
    how: 'nodes are named by what they are in the fleet, in lower case, and edgecore is told',
    tests: [
      covered('lib/resolve/inventory/site-name.test.ts', 'may not be %j', 'Zürich 1'),
      covered(`${node}/before-edgecore.test.ts`, 'the holes of the configuration are filled with what the node is'),
    ],
  },
  {
    number: 10,
    trap: '`connect 127.0.0.1:1883 refused`, for ever: there is no broker.',
    by: 'construction',
    how: 'the event bus is off without one',
    tests: [covered(`${node}/tree.test.ts`, 'without a broker, edgecore asks for none')],
  },
  {
    number: 11,
    trap: 'The port 1883 is taken: the chart brings a broker to a node that has one.',
    by: 'construction',
    how: 'a cluster says which broker there is, and the chart brings none beside it',
    tests: [reported('the chart brings a broker to every node only where it is to: with a broker %s')],
  },
  {
    number: 12,
    trap: 'Pods of a node that is off are evicted, and pile up as Terminating.',
    by: 'construction',
    how: 'they tolerate it without an end',
    tests: [covered(`${cloud}/place-workload.test.ts`, 'pods stay with a node that is off, and nothing waits for it')],
  },
  {
    number: 13,
    trap: 'Cloud, edge and Kubernetes are of releases that were never together.',
    by: 'error',
    how: 'a cluster has one release, which is held against the Kubernetes that it extends',
    tests: [
      covered(`${cloud}/cloud-part.test.ts`, 'a cluster with %s is refused', 'a Kubernetes that does not go with it'),
    ],
  },
  {
    number: 14,
    trap: '`kubectl logs` and `exec` answer 502: the way back to the node is only half switched on.',
    by: 'construction',
    how: 'the feature `logs` sets all of its switches',
    tests: [covered(`${cloud}/cloud-part.test.ts`, 'a feature is switched on with all that it needs')],
  },
  {
    number: 15,
    trap: 'EdgeMesh answers no names: one of the six things that it needs is missing.',
    by: 'construction',
    how: 'one switch sets all six',
    tests: [
      reported('EdgeMesh comes with all six things that it needs'),
      covered(`${cloud}/cloud-part.test.ts`, 'a cluster with %s is refused', 'EdgeMesh without a relay'),
    ],
  },
  {
    number: 16,
    trap: 'An EdgeApplication stays as it is: nobody acts upon it.',
    by: 'construction',
    how: 'the feature brings the controller-manager along',
    tests: [covered(`${cloud}/cloud-part.test.ts`, 'a feature is switched on with all that it needs')],
  },
  {
    number: 17,
    trap: 'The state of a device is forbidden: the role of the chart lacks it.',
    by: 'construction',
    how: 'the role comes along, where the release lacks it',
    tests: [trap("the chart brings images of an earlier release, and a role that lacks devices' states")],
  },
  {
    number: 18,
    trap: '`RuntimeClass not found`: edgecore cannot look one up.',
    by: 'error',
    how: 'refused',
    tests: [trap('a runtimeClassName keeps a pod from starting')],
  },
];
