import type { DeviceClassModel } from './device-class-model';
import type { NodeRole } from './distribution';
import { kubernetesArch } from './platform';
import { listOf, type NodeRequirement, type PodSpec } from './pod-template';
import { hasToken } from './token';

/** Nodes of one device class in one role. */
export interface NodeKind {
  readonly deviceClass: DeviceClassModel;
  readonly role: NodeRole;
}

/** Labels of a node, each with the values that it can have: a board with two platforms runs one of two systems. */
type Labels = ReadonlyMap<string, readonly string[]>;

const ROLES = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];
const OWN = ['kubernetes.io/arch', 'kubernetes.io/os', 'edgecdk.dev/device-class', ...ROLES];

/**
 * The node classes that a pod's node selector and required affinity allow. A condition on a label that nobody describes (a host name, one that a
 * device plugin sets) cannot be decided and is taken as met.
 */
export function eligibleClasses<K extends NodeKind>(
  spec: PodSpec,
  classes: readonly K[],
  deviceClasses: readonly DeviceClassModel[],
): K[] {
  const known = new Set([...OWN, ...deviceClasses.flatMap((c) => Object.keys(c.nodeLabels))]);
  const selector = Object.entries(spec.nodeSelector ?? {}).map(
    ([key, value]): NodeRequirement => ({ key, operator: 'In', values: [value] }),
  );
  const affinity = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const terms = listOf(affinity?.nodeSelectorTerms).map((term) => listOf(term.matchExpressions));
  return classes.filter((cls) => {
    const labels = labelsOf(cls);
    const holds = (requirement: NodeRequirement) => isMet(requirement, labels, known);
    return selector.every(holds) && (terms.length === 0 || terms.some((term) => term.every(holds)));
  });
}

function labelsOf({ deviceClass, role }: NodeKind): Labels {
  return new Map<string, readonly string[]>([
    ...Object.entries(deviceClass.nodeLabels).map(([key, value]) => [key, [value]] as const),
    ['kubernetes.io/arch', deviceClass.hardware.platforms.map(kubernetesArch)],
    ['kubernetes.io/os', ['linux']],
    ['edgecdk.dev/device-class', [deviceClass.id]],
    ...(role === 'server' ? ROLES.map((key) => [key, ['true']] as const) : []),
  ]);
}

function isMet({ key, operator, values = [] }: NodeRequirement, labels: Labels, known: ReadonlySet<string>): boolean {
  if (!known.has(key) || values.some((value) => hasToken(value))) return true;
  const has = labels.get(key);
  switch (operator) {
    case 'In':
      return has?.some((value) => values.includes(value)) ?? false;
    case 'NotIn':
      return has?.some((value) => !values.includes(value)) ?? true;
    case 'Exists':
      return has !== undefined;
    case 'DoesNotExist':
      return has === undefined;
    case 'Gt':
      return has?.some((value) => Number(value) > Number(values[0])) ?? false;
    case 'Lt':
      return has?.some((value) => Number(value) < Number(values[0])) ?? false;
    default:
      return true; // no operator of Kubernetes: its API server will say so
  }
}
