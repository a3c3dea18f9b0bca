import type { KubeObject } from '../../../model/kube-object';
import type { PlacementFacts } from '../../../model/kubeedge-placement';
import { forEdge, type Where } from './autonomy';
import { edgeApplication, whyNoEdgeApplication } from './edge-application';
import { SITE_LABEL } from './node-groups';
import { isOfOneSite, objectsOfSite } from './per-site';
import { fields, hasPods, kindOf } from './pod-bearing';

/** The label that a NodeGroup puts on its members. @see kubeedge/kubeedge, cloud/pkg/controllermanager/nodegroup */
const BELONGS_TO = 'apps.kubeedge.io/belonging-to';

export const DIFFERS = 'its content differs from site to site';

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
  const differs = facts.hasHoles ? [DIFFERS] : [];
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
  const why = whyNoEdgeApplication(objects, facts);
  if (why.length === 0) {
    const template = objects.map((object) =>
      hasPods(object) ? forEdge(object, { labels: [], ...atMost(object, facts) }) : object,
    );
    return { form: 'edge-application', shared: applied(template, facts), why };
  }
  return { form: 'plain', shared: objects.map((object) => plain(object, facts, nodeLabels)), why };
}

/** The controller may make Deployments, and not the rest: that stands beside. @see kubeedge/kubeedge, charts/cloudcore, rbac_controllermanager.yaml */
function applied(template: readonly KubeObject[], facts: PlacementFacts): KubeObject[] {
  return [...template.filter((object) => !hasPods(object)), edgeApplication(template.filter(hasPods), facts)];
}

function atMost(object: KubeObject, { taint }: PlacementFacts): Omit<Where, 'labels'> {
  return { atMost: { pods: Number(fields(object.spec).replicas ?? 1), label: SITE_LABEL }, taint };
}

/** A Deployment has its pods for all sites; a DaemonSet has one for each node anyway. */
function plain(object: KubeObject, facts: PlacementFacts, nodeLabels: Where['labels']): KubeObject {
  const isDeployment = kindOf(object) === 'apps/v1/Deployment';
  const groups = facts.groups.map(({ name }) => name);
  const labels =
    facts.nodeGroups && groups.length < facts.allGroups
      ? [...nodeLabels, { key: BELONGS_TO, values: groups }]
      : nodeLabels;
  const placed = forEdge(object, { labels, ...(isDeployment ? atMost(object, facts) : { taint: facts.taint }) });
  if (!isDeployment) return placed;
  const spec = fields(placed.spec);
  const sites = facts.sites ?? facts.groups.reduce((sum, group) => sum + group.sites, 0);
  return { ...placed, spec: { ...spec, replicas: Number(spec.replicas ?? 1) * sites } };
}
