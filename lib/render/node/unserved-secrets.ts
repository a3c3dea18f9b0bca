import type { Plan } from '../../model/plan';
import { error, listSome, type Problem, warning } from '../../model/problem';
import { secretRecords } from '../secret-records';

/** Workloads whose secrets are files on machines, at sites where nobody can make Secrets of them: their pods would wait for ever. */
export function unservedSecrets(plan: Plan): Problem[] {
  if (plan.model.secrets?.kind !== 'node-files') return [];
  return [...withoutMachines(plan), ...withoutSecrets(plan)];
}

/** Machines that somebody else sets up: nobody tells them to make Secrets of files. */
function withoutMachines(plan: Plan): Problem[] {
  const cohorts = plan.cohorts.filter(({ trees, cluster }) => trees.length === 0 && cluster.shared === undefined);
  const ids = new Set(cohorts.flatMap(({ units }) => units));
  const units = plan.units.filter(({ id }) => ids.has(id));
  return secretRecords({ ...plan, units }).map(({ workload, secret, object, namespace, keys }) => {
    const own = units.filter((unit) => unit.workload.id === workload);
    return warning(
      own[0]?.workload.path ?? workload,
      `names the secret ${secret}, which is a folder on machines, at sites whose machines EdgeCDK does not set up: something of yours must make the Secret ${namespace}/${object} there, with ${listSome(keys)}; or give their device classes an operatingSystem, or take another SecretStore`,
      { sites: [...new Set(own.flatMap(({ sites }) => sites.map(({ name }) => name)))].sort() },
    );
  });
}

function withoutSecrets(plan: Plan): Problem[] {
  const cohorts = plan.cohorts.filter(
    ({ cluster: { distribution, machines } }) => machines !== undefined && !distribution.machines.workloadSecrets,
  );
  if (cohorts.length === 0) return [];
  const title = listSome([...new Set(cohorts.map(({ cluster }) => cluster.distribution.title))].sort());
  const ids = new Set(cohorts.flatMap(({ units }) => units));
  const units = plan.units.filter(({ id }) => ids.has(id));
  const paths = new Map(units.map(({ workload }) => [workload.id, workload.path]));
  return secretRecords({ ...plan, units }).map(({ workload, secret, object, namespace }) =>
    error(
      paths.get(workload) ?? workload,
      `names the secret ${secret}, which is a folder on machines, and those of ${title} cannot make the Secret ${namespace}/${object} of it; take \`SecretStore.externalSecrets({ store: '...' })\``,
    ),
  );
}
