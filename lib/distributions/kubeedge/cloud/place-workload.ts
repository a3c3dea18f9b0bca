import type { KubeObject } from '../../../model/kube-object';
import type { PlacementFacts } from '../../../model/kubeedge-placement';
import { forEdge, type Where } from './autonomy';
import { edgeApplication, whyNoEdgeApplication } from './edge-application';
import { SITE_LABEL } from './node-groups';
import { isOfOneSite, objectsOfSite } from './per-site';
import { fields, kindOf } from './pod-bearing';

/** The label that a NodeGroup puts on its members. @see kubeedge/kubeedge, cloud/pkg/controllermanager/nodegroup */
const BELONGS_TO = 'apps.kubeedge.io/belonging-to';

/**
 * Objects of a workload in a cluster that many sites share. `shared` is written once; `perSite` once for each site. Which form it is: an EdgeApplication
 * where it can say all that is meant, plain objects with affinity else, and one set of objects per site where sites differ or each has its own.
 */
export type PlacedWorkload =
  | {
      readonly form: 'edge-application' | 'plain';
      readonly shared: readonly KubeObject[];
      readonly why: readonly string[];
    }
  | { readonly form: 'per-site'; readonly perSite: (site: string) => KubeObject[]; readonly why: readonly string[] };

export function placeWorkload(
  objects: readonly KubeObject[],
  facts: PlacementFacts,
  nodeLabels: Where['labels'],
): PlacedWorkload {
  const own = objects
    .filter(isOfOneSite)
    .map(({ kind, metadata }) => `each site has a ${kind} '${metadata.name}' of its own`);
  const differs = facts.hasHoles ? ['its content differs from site to site'] : [];
  if (differs.length + own.length > 0)
    return {
      form: 'per-site',
      why: [...differs, ...own],
      perSite: (site) =>
        objectsOfSite(
          objects.map((object) =>
            forEdge(object, { labels: [...nodeLabels, { key: SITE_LABEL, values: [site] }], taint: facts.taint }),
          ),
          site,
        ),
    };
  const even = { evenOver: SITE_LABEL, taint: facts.taint };
  const why = whyNoEdgeApplication(objects, facts);
  if (why.length === 0) {
    const template = objects.map((object) => forEdge(object, { labels: [], ...even }));
    return { form: 'edge-application', shared: [edgeApplication(template, facts)], why };
  }
  return { form: 'plain', shared: objects.map((object) => plain(object, facts, nodeLabels, even)), why };
}

/** A Deployment has its pods for all sites; a DaemonSet has one for each node anyway. */
function plain(
  object: KubeObject,
  facts: PlacementFacts,
  nodeLabels: Where['labels'],
  even: Omit<Where, 'labels'>,
): KubeObject {
  const isDeployment = kindOf(object) === 'apps/v1/Deployment';
  const groups = facts.groups.map(({ name }) => name);
  const labels =
    facts.nodeGroups && groups.length < facts.allGroups
      ? [...nodeLabels, { key: BELONGS_TO, values: groups }]
      : nodeLabels;
  const placed = forEdge(object, isDeployment ? { ...even, labels } : { labels, taint: facts.taint });
  if (!isDeployment) return placed;
  const spec = fields(placed.spec);
  const sites = facts.groups.reduce((sum, group) => sum + group.sites, 0);
  return { ...placed, spec: { ...spec, replicas: Number(spec.replicas ?? 1) * sites } };
}
