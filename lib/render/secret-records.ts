import type { SecretRecord } from '../model/assembly-record';
import { clusterFacts } from '../model/cluster-facts';
import { sorted } from '../model/digest';
import type { Plan, RenderUnit } from '../model/plan';
import type { ModelContext } from '../model/site-context';
import { commonHoles, tokenSite } from '../model/site-view';
import type { SecretKeyModel } from '../model/workload-model';
import { perSite } from './render-context';

/** Secrets that workloads name, with the Secret that holds each in the cluster: what someone must provide. Never a value. */
export function secretRecords(plan: Plan): SecretRecord[] {
  const records = new Map<string, { record: Omit<SecretRecord, 'keys'>; keys: Set<string> }>();
  for (const unit of plan.units) {
    const { id, namespace } = unit.workload;
    for (const { secret, key } of secretKeys(unit, plan)) {
      const known = records.get(`${id} ${secret}`) ?? {
        record: { workload: id, secret, namespace, object: `${id}-${secret}` },
        keys: new Set(),
      };
      known.keys.add(key);
      records.set(`${id} ${secret}`, known);
    }
  }
  return sorted(records.values(), ({ record }) => `${record.workload} ${record.secret}`).map(({ record, keys }) => ({
    ...record,
    keys: [...keys].sort(),
  }));
}

function secretKeys(unit: RenderUnit, plan: Plan): SecretKeyModel[] {
  if (unit.workload.kind !== 'container') return [];
  const content = unit.content as typeof unit.workload.content;
  const site = tokenSite(commonHoles(unit.sites), plan.tokens);
  const context: ModelContext = { site, cluster: clusterFacts(unit) };
  const values = [perSite(content.env, context), perSite(content.files, context)].flatMap((entries) =>
    Object.values(entries ?? {}),
  );
  return values.filter((value): value is SecretKeyModel => typeof value === 'object');
}
