import type { DeliveryEngine } from '../model/delivery';
import type { KubeObject } from '../model/kube-object';
import type { TokenTable } from '../model/token';
import { protectFromExpansion } from './kubernetes-expansion';
import { annotateFiles } from './workload/container/annotate-files';
import { printYaml } from './yaml-template';

/**
 * What is done to a unit's objects once the probes have shown that their tokens stand for any value: steps whose result for a token differs from that
 * for a value.
 */
export function finish(
  objects: readonly KubeObject[],
  tokens: TokenTable,
  engine: Pick<DeliveryEngine, 'pulls'>,
): KubeObject[] {
  return annotateFiles(objects).map((object) =>
    protectFromExpansion(engine.pulls ? object : withValuesText(object, tokens)),
  );
}

/** Helm values as the YAML text that a HelmChart carries. Engines write them in their own form. */
function withValuesText(object: KubeObject, tokens: TokenTable): KubeObject {
  const spec = object.spec as { readonly valuesContent?: unknown } | undefined;
  if (object.kind !== 'HelmChart' || typeof spec?.valuesContent !== 'object') return object;
  return { ...object, spec: { ...spec, valuesContent: printYaml(spec.valuesContent, tokens, () => false) } };
}
