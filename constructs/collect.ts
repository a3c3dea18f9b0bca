import type { IConstruct } from 'constructs';
import { deviceModelWorkload } from '../lib/model/device-model-workload';
import type { AcknowledgementModel, FleetModel } from '../lib/model/fleet-model';
import type { WorkloadModel } from '../lib/model/workload-model';
import { acknowledgement, type Description, model } from './internal';

/** What a fleet says of itself; the rest stands in its tree. */
export type FleetFacts = Pick<
  FleetModel,
  'id' | 'root' | 'mirrors' | 'secrets' | 'delivery' | 'writesExpanded' | 'transform' | 'rules'
>;

/** Reads the construct tree, in the order of the program, into the fleet's model. The only reader of the tree. */
export function collect(fleet: IConstruct, facts: FleetFacts): FleetModel {
  const all = fleet.node.findAll();
  const descriptions = all.map((c) => (c as { readonly [model]?: Description })[model]).filter((d) => d !== undefined);
  const records = <A extends Description['as']>(as: A) =>
    descriptions
      .filter((d): d is Extract<Description, { as: A }> => d.as === as)
      .map((d) => d.record as Extract<Description, { as: A }>['record']);
  const described = records('workload');
  return {
    ...facts,
    waves: records('wave'),
    deviceClasses: records('device-class'),
    blueprints: records('blueprint'),
    sharedClusters: records('shared-cluster').map((cluster) => ({
      ...cluster,
      parts: records('shared-cluster-part').filter((part) => part.cluster === cluster.path),
    })),
    sources: records('source'),
    workloads: descriptions.flatMap((description) => workloadsOf(description, described)),
    overrides: records('override'),
    acknowledgements: all.flatMap(acknowledgementsOf),
    problems: validationProblems(all),
  };
}

/** Models of devices become workloads here, since where they are is said by their devices. */
function workloadsOf(description: Description, described: readonly WorkloadModel[]): WorkloadModel[] {
  if (description.as === 'workload') return [description.record];
  return description.as === 'device-model' ? [deviceModelWorkload(description.record, described)] : [];
}

function acknowledgementsOf(construct: IConstruct): AcknowledgementModel[] {
  return construct.node.metadata
    .filter((entry) => entry.type === acknowledgement)
    .map((entry) => ({ path: construct.node.path, ...(entry.data as { rule: string; reason: string }) }));
}

/** What users' own constructs say with `node.addValidation`, as cdk8s would ask them. */
function validationProblems(all: readonly IConstruct[]): FleetModel['problems'] {
  return all.flatMap((construct) =>
    construct.node.validate().map((message) => ({ path: construct.node.path, message, severity: 'error' as const })),
  );
}
