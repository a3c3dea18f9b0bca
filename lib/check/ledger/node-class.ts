import { EVICTION_FLOOR_MIB, OS_OVERHEAD } from '../../catalog/overheads';
import type { DeviceClassModel } from '../../model/device-class-model';
import type { NodeRole } from '../../model/distribution';
import type { Grade } from '../../model/figure';
import type { FleetModel } from '../../model/fleet-model';
import { kindsOfNodes } from '../../model/node-kinds';
import type { Cohort } from '../../model/plan';
import { bareAmount } from './shortage';

/** Nodes of one device class in one role: what they have, and what is taken off before any workload runs. */
export interface NodeClass {
  readonly deviceClass: DeviceClassModel;
  readonly role: 'server' | 'agent';
  /** `till (rpi-4b-4gb)` */
  readonly name: string;
  /** By resource: `memory` in MiB, `cpu` in millicores, devices by the name of their resource. */
  readonly accounts: ReadonlyMap<string, Account>;
}

export interface Account {
  readonly total: number;
  readonly deductions: readonly Deduction[];
}

export interface Deduction {
  readonly what: string;
  readonly amount: number;
  /** `given`: by the user, in `reserves`. `catalogue`: of the hardware's entry, of which the model keeps no grade. */
  readonly grade: Grade | 'given' | 'catalogue';
}

/** `sure`: nothing but what was measured or given is taken off, so that a shortage is a fact. `likely`: all that is known of. */
export type View = 'sure' | 'likely';

/** What a node has left of a resource. */
export function left({ accounts }: NodeClass, resource: string, view: View): number {
  const account = accounts.get(resource);
  if (!account) return 0;
  const counted = account.deductions.filter(
    ({ grade }) => view === 'likely' || grade === 'given' || grade === 'measured',
  );
  return Math.max(0, account.total - sum(counted));
}

/** `76 GPU (catalogue), 200 OS (guessed)`; empty where nothing is taken off. */
export function describeDeductions({ accounts }: NodeClass, resource: string): string {
  return (accounts.get(resource)?.deductions ?? [])
    .map(({ what, amount, grade }) => `${what} ${bareAmount(resource, amount)} (${grade})`)
    .join(', ');
}

/** The node classes of a cohort's sites: those of the cluster's description in its order, then those that single nodes were given instead. */
export function nodeClassesOf(cohort: Cohort, model: FleetModel): NodeClass[] {
  const servers = cohort.cluster.nodes.reduce((n, { role, count }) => n + (role === 'server' ? count : 0), 0);
  return kindsOfNodes(cohort)
    .filter((nodes) => cohort.deviceClasses.includes(nodes.deviceClass))
    .flatMap(({ deviceClass: path, role }) => {
      const deviceClass = model.deviceClasses.find((c) => c.path === path);
      return deviceClass ? [nodeClass(deviceClass, role, servers, cohort)] : [];
    });
}

function nodeClass(deviceClass: DeviceClassModel, role: NodeRole, servers: number, cohort: Cohort): NodeClass {
  const { cluster, delivery } = cohort;
  const { hardware } = deviceClass;
  const { title, overhead } = cluster.distribution;
  const own = overhead(role, servers, hardware.platforms[0] ?? 'linux/arm64', cluster);
  const name = `${title} ${role}`;
  // Of several servers, any may have it: what is left of the others is as it was.
  const isAlone = role === 'server' && servers === 1 && cluster.shared === undefined;
  const engine = isAlone ? delivery.engine.overhead?.(delivery) : undefined;
  const cpu: Deduction[] = [
    { what: 'OS', amount: OS_OVERHEAD.cpuMillicores.value, grade: OS_OVERHEAD.cpuMillicores.grade },
    { what: name, amount: own.cpuMillicores.value, grade: own.cpuMillicores.grade },
    ...(engine
      ? [{ what: delivery.engine.title, amount: engine.cpuMillicores.value, grade: engine.cpuMillicores.grade }]
      : []),
  ];
  return {
    deviceClass,
    role,
    name: `${deviceClass.id} (${hardware.name})`,
    accounts: new Map<string, Account>([
      [
        'memory',
        {
          total: hardware.memoryMiB,
          deductions: [
            ...memoryDeductions(deviceClass, name, own.memoryMiB),
            ...(engine
              ? [{ what: delivery.engine.title, amount: engine.memoryMiB.value, grade: engine.memoryMiB.grade }]
              : []),
          ],
        },
      ],
      ['cpu', { total: hardware.cores * 1000, deductions: cpu }],
      ...hardware.accelerators.map(({ resource, count }) => [resource, { total: count, deductions: [] }] as const),
    ]),
  };
}

function memoryDeductions(
  { hardware, reserves }: DeviceClassModel,
  name: string,
  own: { readonly value: number; readonly grade: Grade },
): Deduction[] {
  const shared = { value: hardware.sharedWithAcceleratorMiB, grade: 'catalogue' } as const;
  const os =
    hardware.osMiB === undefined ? OS_OVERHEAD.memoryMiB : ({ value: hardware.osMiB, grade: 'catalogue' } as const);
  const deductions: Deduction[] = [
    { what: 'GPU', ...givenOr(reserves.sharedWithAcceleratorMiB, shared) },
    { what: 'OS', ...givenOr(reserves.osMiB, os) },
    { what: name, ...givenOr(reserves.kubernetesMiB, own) },
    { what: 'eviction floor', ...givenOr(reserves.evictionFloorMiB, EVICTION_FLOOR_MIB) },
    { what: 'other', ...givenOr(reserves.otherMiB, { value: 0, grade: 'given' }) },
  ];
  return deductions.filter(({ amount }) => amount > 0);
}

function givenOr(
  given: number | undefined,
  known: { readonly value: number; readonly grade: Deduction['grade'] },
): Omit<Deduction, 'what'> {
  return given === undefined ? { amount: known.value, grade: known.grade } : { amount: given, grade: 'given' };
}

function sum(deductions: readonly Deduction[]): number {
  return deductions.reduce((total, { amount }) => total + amount, 0);
}
