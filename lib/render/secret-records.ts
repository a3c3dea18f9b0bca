import { clusterFacts } from '../model/cluster-facts';
import { sorted } from '../model/digest';
import { type LeafDeviceContent, loginsOf } from '../model/leaf-model';
import type { Plan, RenderUnit } from '../model/plan';
import type { SecretRecord } from '../model/secret-record';
import type { ModelContext } from '../model/site-context';
import { commonHoles, tokenSite } from '../model/site-view';
import type { ContainerContent, SecretKeyModel } from '../model/workload-model';
import { perSite } from './render-context';

/** Secrets that workloads name, with the Secret that holds each in the cluster: what someone must provide. Never a value. */
export function secretRecords(plan: Plan): SecretRecord[] {
  const records = new Map<string, { record: Omit<SecretRecord, 'keys'>; keys: Set<string> }>();
  for (const unit of plan.units) {
    const { id, namespace } = unit.workload;
    for (const { secret, key } of keysOrNone(unit, plan)) {
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

/** Content that throws is told of where it is rendered. */
function keysOrNone(unit: RenderUnit, plan: Plan): readonly SecretKeyModel[] {
  try {
    return secretKeys(unit, plan);
  } catch {
    return [];
  }
}

function secretKeys(unit: RenderUnit, plan: Plan): readonly SecretKeyModel[] {
  const site = tokenSite(commonHoles(unit.sites), plan.tokens);
  const context: ModelContext = { site, cluster: clusterFacts(unit) };
  const { kind } = unit.workload;
  if (kind === 'container') return containerKeys(unit.content as ContainerContent, context);
  if (kind !== 'leaf-device' || unit.distribution.name === 'kubeedge') return []; // a mapper has its devices' logins itself
  const { protocol, attachment } = unit.content as LeafDeviceContent;
  const broker = perSite(attachment, context)?.broker;
  return [...(broker ? containerKeys(broker, context) : []), ...loginsOf(perSite(protocol, context))];
}

function containerKeys({ env, files }: ContainerContent, context: ModelContext): SecretKeyModel[] {
  const values = [perSite(env, context), perSite(files, context)].flatMap((entries) => Object.values(entries ?? {}));
  return values.filter((value): value is SecretKeyModel => typeof value === 'object');
}
