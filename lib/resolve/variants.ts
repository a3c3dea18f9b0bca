import type { OverrideModel } from '../model/fleet-model';
import type { ModelContext, PerSiteModel } from '../model/site-context';
import type { ContainerContent, VariantModel, WorkloadContent, WorkloadModel } from '../model/workload-model';
import { matches, type PlacedSite } from './placement';

/** Other content than usual, by the first variant that matches. */
export function variantFor(workload: WorkloadModel, site: PlacedSite): VariantModel<WorkloadContent> | undefined {
  return (workload.variants as readonly VariantModel<WorkloadContent>[]).find((variant) => matches(variant.when, site));
}

/** `default`, `gpu`, `gpu+pos-hotfix`. */
export function variantName(
  variant: VariantModel<WorkloadContent> | undefined,
  overrides: readonly OverrideModel[],
): string {
  const names = [variant?.name ?? 'default', ...overrides.map((o) => o.id)];
  return names.join('+');
}

/** Content with a variant and overrides laid over it: what they do not say stays. */
export function contentFor(
  workload: WorkloadModel,
  variant: VariantModel<WorkloadContent> | undefined,
  overrides: readonly OverrideModel[],
): WorkloadContent {
  let content = { ...workload.content, ...variant?.content } as WorkloadContent;
  for (const { content: over } of overrides) {
    const env = mergedEnv(content as Partial<ContainerContent>, over as Partial<ContainerContent>);
    content = { ...content, ...over, ...env } as WorkloadContent;
  }
  return content;
}

type Env = PerSiteModel<NonNullable<Exclude<ContainerContent['env'], (...a: never) => unknown>>>;

/** An override adds to the environment variables, where all else replaces. */
function mergedEnv(under: Partial<ContainerContent>, over: Partial<ContainerContent>): Partial<ContainerContent> {
  if (!over.env) return {};
  const of = (env: Env | undefined, context: ModelContext) => (typeof env === 'function' ? env(context) : env);
  return { env: (context) => ({ ...of(under.env, context), ...of(over.env, context) }) };
}
