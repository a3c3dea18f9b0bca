import { sorted } from '../../../model/digest';
import type { KubeObject } from '../../../model/kube-object';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import type { KubeEdgeJobModel } from '../../../model/kubeedge-job-model';
import type { RuleModel } from '../../../model/kubeedge-rule-model';
import type { Problem } from '../../../model/problem';
import { featuresOf } from './features-of';
import { jobObject, jobProblems } from './jobs';
import { ruleObjects, ruleProblems } from './rules';

/** Jobs and rules of a cluster, as a program says them beside its sites. */
export interface ClusterParts {
  readonly jobs: readonly KubeEdgeJobModel[];
  readonly rules: readonly RuleModel[];
  readonly jobObjects: readonly KubeObject[];
  readonly ruleObjects: readonly KubeObject[];
  readonly problems: readonly Problem[];
}

export function clusterParts(cluster: KubeEdgeClusterModel, nodes: ReadonlySet<string>): ClusterParts {
  const jobs = sorted(
    cluster.parts.flatMap((part) => (part.kind === 'job' ? [part.job] : [])),
    ({ path }) => path,
  );
  const rules = sorted(
    cluster.parts.flatMap((part) => (part.kind === 'rule' ? [part.rule] : [])),
    ({ constructPath }) => constructPath,
  );
  const features = featuresOf(cluster);
  return {
    jobs,
    rules,
    jobObjects: jobs.map(jobObject),
    ruleObjects: ruleObjects(rules),
    problems: [
      ...jobs.flatMap((job) => jobProblems(job, { ...cluster, features, nodes })),
      ...ruleProblems(rules, features, nodes),
    ],
  };
}
