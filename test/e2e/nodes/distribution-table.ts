import { OPERATING_SYSTEMS } from '../../../lib/catalog/operating-systems';
import { kubeEdgeIdentity } from '../../../lib/distributions/kubeedge/node/identity';
import { kubeEdgeNodeRefusals } from '../../../lib/distributions/kubeedge/node/refusals';
import { kubeEdgeTree } from '../../../lib/distributions/kubeedge/node/tree';
import { microk8sIdentity } from '../../../lib/distributions/microk8s/node/identity';
import { microk8sNodeRefusals } from '../../../lib/distributions/microk8s/node/refusals';
import { microk8sTree } from '../../../lib/distributions/microk8s/node/tree';
import { microk8sWorkloadSecrets } from '../../../lib/distributions/microk8s/node/workload-secrets';
import type { KubeEdgeNodeInput } from '../../../lib/model/kubeedge-node-input';
import type { MicroK8sNodeInput } from '../../../lib/model/microk8s-node-input';
import type { NodeSecretSource } from '../../../lib/model/node-input';
import type { NodeRecord, OperatingSystemModel } from '../../../lib/model/node-model';
import type { NodeIdentityFiles, NodeTree } from '../../../lib/model/node-tree';
import { carrierFolder } from '../../../lib/render/carrier/carrier';
import { byPath } from '../../../lib/render/node/node-file';
import { FULL_VAN, NODE, VAN, SITE as VAN_SITE } from '../../lib/distributions/kubeedge/node/sample-input';
import {
  ALONE,
  DEPOT,
  DEPOT_LABELS,
  DEPOT_NODES,
  DEPOT_SITE,
  OFFLINE,
} from '../../lib/distributions/microk8s/node/sample-microk8s';
import type { Machine } from './machine';
import { textByPath } from './node-table';

/** A machine of another distribution than K3s, with all that is made for it. */
export interface OtherCase {
  readonly name: string;
  readonly distribution: 'microk8s' | 'kubeedge';
  readonly operatingSystem: OperatingSystemModel;
  readonly node: NodeRecord;
  readonly tree: NodeTree;
  readonly identity: NodeIdentityFiles;
}

const SYSTEMS: readonly OperatingSystemModel[] = Object.values(OPERATING_SYSTEMS);
const SOURCES: readonly NodeSecretSource[] = [
  { kind: 'medium' },
  { kind: 'command', argv: ['/usr/local/bin/get-secret', '{name}'], seconds: 30 },
  { kind: 'systemd-credentials' },
];

/** Each operating system that the distribution takes, with as little and as much as can be said; secrets come from each source in turn. */
export function otherCases(): OtherCase[] {
  return [...microk8sCases(), ...kubeEdgeCases()];
}

function microk8sCases(): OtherCase[] {
  const inputs = { alone: ALONE, depot: DEPOT, offline: { ...OFFLINE, dataMount: '/var/snap/microk8s' } };
  return SYSTEMS.filter(({ snapd }) => snapd).flatMap((operatingSystem) =>
    Object.entries(inputs).flatMap(([what, base], index) =>
      (['server', 'agent'] as const)
        .filter((role) => role === 'server' || base.cluster.agents)
        .map((role) => {
          const input: MicroK8sNodeInput = { ...base, operatingSystem, secretsFrom: SOURCES[index] };
          refuse(microk8sNodeRefusals(input));
          const tree = microk8sTree(input, role);
          const node = (role === 'server' ? DEPOT_NODES[0] : DEPOT_NODES.at(-1)) ?? NODE;
          return {
            name: `MicroK8s, ${operatingSystem.name}, ${what}, ${role}`,
            distribution: 'microk8s' as const,
            operatingSystem,
            node,
            tree: role === 'server' ? withSecrets(tree) : tree,
            identity: microk8sIdentity(node, DEPOT_NODES, DEPOT_LABELS, DEPOT_SITE, input),
          };
        }),
    ),
  );
}

function kubeEdgeCases(): OtherCase[] {
  const inputs = { plain: VAN, full: FULL_VAN, 'by a command': { ...VAN, secretsFrom: SOURCES[1] } };
  return SYSTEMS.flatMap((operatingSystem) =>
    Object.entries(inputs).flatMap(([what, base]) => {
      const input: KubeEdgeNodeInput = { ...base, operatingSystem };
      if (kubeEdgeNodeRefusals(input).length > 0) return [];
      return [
        {
          name: `KubeEdge, ${operatingSystem.name}, ${what}`,
          distribution: 'kubeedge' as const,
          operatingSystem,
          node: NODE,
          tree: kubeEdgeTree(input),
          identity: kubeEdgeIdentity(NODE, VAN_SITE, input),
        },
      ];
    }),
  );
}

function refuse(refusals: readonly string[]): void {
  if (refusals.length > 0) throw new Error(refusals.join('; '));
}

function withSecrets(tree: NodeTree): NodeTree {
  const secret = { workload: 'pos', secret: 'pos-db', keys: ['password'], namespace: 'default', object: 'pos-pos-db' };
  const files = microk8sWorkloadSecrets({ folder: '/etc/secrets', secrets: [secret] });
  return { ...tree, files: byPath([...tree.files, ...files]) };
}

/** Services that are on the machine already, as snapd and packages put them there. */
const SERVICES = {
  microk8s: ['k8s-dqlite', 'containerd', 'kubelite', 'cluster-agent'].map((name) => `snap.microk8s.daemon-${name}`),
  kubeedge: ['containerd'],
} as const;

/** The files of a case's machine as they stand on its disk once `apply.sh` has run, with the scripts that bring them. */
export function otherMachine({ name, distribution, tree, identity }: OtherCase): Machine {
  const scripts = Object.entries(distribution === 'microk8s' ? carrierFolder(tree) : { 'tree/apply.sh': tree.script });
  const services = SERVICES[distribution].map((service) => [
    `/etc/systemd/system/${service}.service`,
    '[Service]\nExecStart=/bin/sh\n',
  ]);
  return {
    name,
    files: {
      ...Object.fromEntries(services),
      ...textByPath([...tree.files, ...identity.files]),
      ...Object.fromEntries(
        scripts
          .filter(([path]) => /^(tree\/)?[^/]+\.sh$/.test(path))
          .map(([path, text]) => [`/var/lib/edgecdk/${path.replace('tree/', '')}`, text]),
      ),
    },
  };
}
