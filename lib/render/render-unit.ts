import { clusterFacts } from '../model/cluster-facts';
import { isEncryptedSecret } from '../model/encrypted-secret';
import { describeObject, type KubeObject } from '../model/kube-object';
import type { Plan, RenderUnit } from '../model/plan';
import { error, type Problem } from '../model/problem';
import { proveTokens, type SiteLabels } from '../model/prove-tokens';
import { commonHoles } from '../model/site-view';
import { TokenError } from '../model/token';
import { withFleetLabels } from './fleet-labels';
import { leafNodeProblem } from './leaf-nodes';
import { ContentError, type RenderContext } from './render-context';
import { renderWorkload } from './workload/renderers';

/** Objects with tokens, or why there are none. */
export type UnitObjects = { readonly objects: readonly KubeObject[] } | { readonly problems: readonly Problem[] };

/** Renders a unit's content with tokens that are proven to stand for its sites' values. */
export function renderUnit(
  unit: RenderUnit,
  plan: Plan,
  base: Omit<RenderContext, 'context' | 'distribution' | 'deviceClasses' | 'nodeOf'>,
): UnitObjects {
  const deviceClasses = plan.model.deviceClasses.filter((c) => unit.deviceClasses.includes(c.path));
  const cluster = clusterFacts(unit);
  const { distribution } = unit;
  const source = { sites: unit.sites, holes: commonHoles(unit.sites), tokens: plan.tokens };
  const nodeless = leafNodeProblem(unit, plan);
  try {
    const proven = proveTokens(source, (site, labels) => {
      const nodeOf = (leaf: string) => {
        if (nodeless) throw new ContentError(nodeless.message, nodeless.sites);
        return labels.nodeOf(leaf);
      };
      return contentOf(
        unit,
        plan,
        { ...base, distribution, deviceClasses, context: { site, cluster }, nodeOf },
        labels,
      );
    });
    if ('made' in proven) return { objects: proven.made };
    return { problems: proven.wrong.map((what) => error(unit.workload.path, `has content that ${what}`)) };
  } catch (e) {
    const sites = e instanceof ContentError ? e.sites : undefined;
    return { problems: [error(unit.workload.path, contentMessage(e), sites ? { sites } : {})] };
  }
}

function contentOf(unit: RenderUnit, plan: Plan, context: RenderContext, labels: SiteLabels): readonly KubeObject[] {
  const objects = renderWorkload(unit.workload, unit.content, context).map((object) => {
    if (isEncryptedSecret(object)) return object;
    // What YAML can hold: no undefined, no classes. Manifests were that before, and have integers that JSON has not.
    const plain = unit.workload.kind === 'manifest' ? object : (JSON.parse(JSON.stringify(object)) as KubeObject);
    const labelled = withFleetLabels(plain, unit, plan, context.context.site, labels);
    return [unit.workload.transform, plan.model.transform].reduce((o, transform) => {
      const changed = transform ? transform(o, context.context) : o;
      if (typeof changed !== 'object' || changed === null)
        throw new ContentError(
          `has a transform that returns nothing for ${describeObject(o)}; it must return the object to use`,
        );
      if (!isSameObject(o, changed))
        throw new ContentError(`has a transform that renames ${describeObject(o)}; kind, name and namespace must stay`);
      return changed;
    }, labelled);
  });
  if (objects.length === 0)
    throw new ContentError('renders no object at all; a workload for some sites only says so in its placement');
  return objects;
}

function isSameObject(a: KubeObject, b: KubeObject | undefined): boolean {
  return a.kind === b?.kind && a.metadata.name === b.metadata?.name && a.metadata.namespace === b.metadata.namespace;
}

/** What a user's function threw, in words for the user; with the place, where it is no error of ours. */
export function contentMessage(e: unknown): string {
  if (e instanceof ContentError) return e.message;
  if (e instanceof TokenError) return `asks for what cannot be a hole: ${e.message}`;
  if (!(e instanceof Error)) return `has content that throws ${JSON.stringify(e)}`;
  const place = e.stack
    ?.split('\n')
    .find((line) => /^\s+at /.test(line))
    ?.trim();
  return `has content that throws ${e.name}: ${e.message}${place ? ` (${place.replace(/\(?(file:\/\/)?\/.*\/([^/]+:\d+:\d+)\)?$/, '$2')})` : ''}`;
}
