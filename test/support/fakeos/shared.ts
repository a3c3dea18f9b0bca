import type { SharedClusterModel } from '../../../lib/model/distribution';
import type { KubeObject } from '../../../lib/model/kube-object';
import { error } from '../../../lib/model/problem';
import type { SharedContent, SharedFiles, SharedUnit } from '../../../lib/model/shared-cluster';
import { hasToken } from '../../../lib/model/token';

/** What has values of sites is each site's, under its name; all else stands in the hub once. */
export function fakeosShared({ path }: SharedClusterModel, content: SharedContent): SharedFiles {
  const { print, sites, tokens, trees, units } = content;
  const isOwn = ({ objects }: SharedUnit) => objects.some(({ spec }) => hasToken(JSON.stringify(spec ?? {})));
  const members = sites.map(({ name, nodes }) => `${name}: ${nodes.map((node) => node.name).join(' ')}\n`);
  return {
    files: new Map([
      ['README.txt', `${members.join('')}trees: ${[...trees.keys()].join(' ')}\n`],
      ...units
        .filter((unit) => !isOwn(unit))
        .map(({ workload, objects }): [string, string] => [
          `manifests/workloads/${workload.id}.yaml`,
          print(objects.map((object) => named(object, object.metadata.name))),
        ]),
    ]),
    perSite: new Map(
      units
        .filter(isOwn)
        .map(({ id, objects }) => [
          id,
          objects.map((object) => named(object, `${object.metadata.name}-${tokens.text('site.name')}`)),
        ]),
    ),
    problems: sites.length > 2 ? [error(path, 'has more than two sites, and a hub of fakeos has two sockets')] : [],
  };
}

/** Without the labels, which say of what site it is. */
function named(object: KubeObject, name: string): KubeObject {
  return { ...object, metadata: { name, namespace: object.metadata.namespace } };
}
