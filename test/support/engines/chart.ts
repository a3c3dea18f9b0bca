import type { KubeObject } from '../../../lib/model/kube-object';
import {
  documentsOf,
  type Files,
  filesBelow,
  isFolder,
  joinPath,
  objectAt,
  objectsIn,
  only,
  Refused,
  textOf,
} from './assembly-files';
import { fillGoTemplate } from './go-template';
import { canonical, inNamespace, keyOf } from './held';

/** What Helm makes of a chart of ours. */
export function renderedChart(files: Files, folder: string, values: unknown, namespace: string): KubeObject[] {
  if (!isFolder(files, folder)) throw new Refused(`there is no chart ${folder}`);
  only(objectAt(files, joinPath(folder, 'Chart.yaml')), `Chart.yaml of ${folder}`, ['apiVersion', 'name', 'version']);
  const paths = filesBelow(files, folder).map((path) => path.slice(folder === '' ? 0 : folder.length + 1));
  const strange = paths.filter(
    (path) => !/^(Chart\.yaml|values\.schema\.json|(templates|crds)\/[^/]+\.yaml)$/.test(path),
  );
  if (strange.length > 0) throw new Refused(`the chart ${folder} has ${strange.join(', ')}`);
  if (paths.includes('values.schema.json'))
    checkValues(JSON.parse(textOf(files, joinPath(folder, 'values.schema.json'))), values, folder);
  const found = new Map<string, KubeObject>();
  for (const path of paths.filter((one) => one.startsWith('templates/'))) {
    const filled = fillGoTemplate(textOf(files, joinPath(folder, path)), { Values: values });
    for (const object of objectsIn(filled.replaceAll('<no value>', ''))) {
      const placed = inNamespace(object, namespace);
      if (found.has(keyOf(placed))) throw new Refused(`the chart ${folder} has ${keyOf(placed)} twice`);
      found.set(keyOf(placed), placed);
    }
  }
  checkDefinitions(files, folder, paths, found);
  return [...found.values()];
}

/** Definitions that Helm installs before it looks: it never changes them, so each must be among the templates too. */
function checkDefinitions(
  files: Files,
  folder: string,
  paths: readonly string[],
  found: ReadonlyMap<string, KubeObject>,
) {
  for (const path of paths.filter((one) => one.startsWith('crds/')))
    for (const crd of objectsIn(textOf(files, joinPath(folder, path)))) {
      const own = found.get(keyOf(crd));
      if (!own || canonical(own.spec) !== canonical(crd.spec))
        throw new Refused(`${folder}/${path} is not what the templates have of it`);
    }
}

interface Schema {
  readonly type: 'object';
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

function checkValues(schema: Schema, values: unknown, where: string): void {
  only(schema, `schema of ${where}`, ['type', 'required', 'properties']);
  if (typeof values !== 'object' || values === null) throw new Refused(`${where} is given no values`);
  for (const name of schema.required ?? [])
    if (!Object.hasOwn(values, name)) throw new Refused(`${where} lacks the value ${name}`);
  for (const [name, inner] of Object.entries(schema.properties ?? {}))
    if (Object.hasOwn(values, name)) checkValues(inner, (values as Record<string, unknown>)[name], where);
}

/** One YAML document, as values are given. */
export function valuesIn(text: string): unknown {
  const documents = documentsOf(text);
  if (documents.length > 1) throw new Refused('values have several documents');
  return documents[0] ?? {};
}
