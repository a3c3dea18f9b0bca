import { parse } from 'yaml';
import type { Rule } from '../../model/fleet-model';
import { fieldPath, type KubeObject, walkScalars } from '../../model/kube-object';
import { type ContainerSpec, containersOf, listOf, podTemplateOf } from '../../model/pod-template';
import { isSecretValue, isSecretVariable, secretForm } from './secret-text';

export const secretInText: Rule = {
  id: 'edgecdk-secret-in-text',
  severity: 'error',
  why: 'the output is copied to every site and kept by CI: whoever reads it would have the secret',
  check({ object }) {
    const spec = podTemplateOf(object)?.spec;
    const found = spec ? containersOf(spec).flatMap(ofContainer) : [...ofConfigMap(object), ...ofHelmChart(object)];
    return found.length > 0
      ? `has ${[...new Set(found)].join(' and ')}; name it with SecretRef, and let the fleet's secret store bring it`
      : undefined;
  },
};

/** Values are not repeated. */
function ofContainer({ name = '?', env, command, args }: ContainerSpec): string[] {
  const variables = listOf(env).flatMap((variable) => {
    if (typeof variable?.name !== 'string' || typeof variable.value !== 'string') return [];
    const form = secretForm(variable.value);
    if (form !== undefined) return [`${form} in the variable ${variable.name} of the container ${name}`];
    return isSecretVariable(variable.name, variable.value)
      ? [`what may be a secret in the variable ${variable.name} of the container ${name}`]
      : [];
  });
  const words = [...listOf(command), ...listOf(args)].flatMap((word) => {
    const form = typeof word === 'string' ? secretForm(word) : undefined;
    return form === undefined ? [] : [`${form} in the command of the container ${name}`];
  });
  return [...variables, ...words];
}

function ofConfigMap({ apiVersion, kind, data }: KubeObject): string[] {
  if (apiVersion !== 'v1' || kind !== 'ConfigMap' || typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, text]) => {
    const form = typeof text === 'string' ? secretForm(text) : undefined;
    return form === undefined ? [] : [`${form} in ${key}`];
  });
}

function ofHelmChart({ apiVersion, kind, spec }: KubeObject): string[] {
  if (apiVersion !== 'helm.cattle.io/v1' || !['HelmChart', 'HelmChartConfig'].includes(kind)) return [];
  const { valuesContent } = (spec ?? {}) as { readonly valuesContent?: unknown };
  const found: string[] = [];
  walkScalars(valuesOf(valuesContent), (value, path, isKey) => {
    if (isKey || typeof value !== 'string') return;
    const name = path.filter((part) => typeof part === 'string').at(-1) ?? '';
    const form = secretForm(value) ?? (isSecretValue(name, value) ? 'what may be a secret' : undefined);
    if (form !== undefined) found.push(`${form} in ${path.length > 0 ? `the value ${fieldPath(path)}` : 'its values'}`);
  });
  return found;
}

/** As a tree, where they are one: text that is no YAML, Helm will refuse. */
function valuesOf(content: unknown): unknown {
  if (typeof content !== 'string') return content;
  try {
    return parse(content);
  } catch {
    return content;
  }
}
