import type { KubeObject } from '../../../model/kube-object';
import type { CloudChart, CloudPart } from './cloud-part';

/** Text of a list of objects, or of one tree of values. */
export type Print = (documents: readonly unknown[]) => string;

/** A file of objects with a comment that says where they come from. */
export function objectsText(path: string, objects: readonly KubeObject[], print: Print): string {
  return `# Made by EdgeCDK from [${path}]. Changes belong there.\n---\n${print(objects)}`;
}

/** Values of charts, what is laid over them, and patches, by path in the folder of the cluster. */
export function cloudFiles(path: string, { charts, patches }: CloudPart, print: Print): Map<string, string> {
  return new Map([
    ...charts.flatMap((chart) => chartFiles(path, chart, print)),
    ...patches.map((patch): [string, string] => [patchPath(patch), objectsText(path, [patch], print)]),
  ]);
}

export function valuesPath({ name }: Pick<CloudChart, 'name'>): string {
  return `charts/${name}.values.yaml`;
}

export function postRenderPath({ name }: Pick<CloudChart, 'name'>): string {
  return `post-render/${name}.sh`;
}

export function patchPath({ kind, metadata }: KubeObject): string {
  return `patches/${kind.toLowerCase()}.${metadata.namespace ?? ''}.${metadata.name}.yaml`;
}

function chartFiles(path: string, chart: CloudChart, print: Print): [string, string][] {
  const values = `# Made by EdgeCDK from [${path}]. Changes belong there.\n${print([chart.values])}`;
  if (chart.postRender.length === 0) return [[valuesPath(chart), values]];
  const folder = `post-render/${chart.name}`;
  const patches = chart.postRender.map((patch): [string, string] => [
    `${patch.kind.toLowerCase()}.${patch.metadata.name}.yaml`,
    objectsText(path, [patch], print),
  ]);
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: ['chart.yaml'],
    patches: patches.map(([name]) => ({ path: name })),
  };
  return [
    [valuesPath(chart), values],
    [postRenderPath(chart), postRenderScript(chart.name)],
    [`${folder}/kustomization.yaml`, print([kustomization])],
    ...patches.map(([name, text]): [string, string] => [`${folder}/${name}`, text]),
  ];
}

/** Reads from its input what the chart made: so it does for a pipe, and for Helm 3 as `--post-renderer`. */
function postRenderScript(name: string): string {
  return `#!/bin/sh
# Lays the patches in ${name} over what the chart ${name} makes: reads that, and writes what is to be applied.
set -eu
folder=$(cd "$(dirname "$0")/${name}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$folder"/*.yaml "$work"/
cat > "$work/chart.yaml"
kubectl kustomize "$work"
`;
}
