import type { CohortRecord } from '../model/assembly-record';
import { pathSlug } from '../model/container-path';
import type { RenderUnit } from '../model/plan';
import type { ContainerContent } from '../model/workload-model';

/**
 * Volume claims of the workloads that may run on a node, as `namespace/name` or as a pattern of it, sorted. `files` of the site's cohort know those of every
 * rendered object; without them only containers tell theirs, and of all others, as of Helm charts always, any claim of the namespace may be one.
 */
export function claimsOnNode(
  deviceClass: string,
  units: readonly RenderUnit[],
  files?: CohortRecord['files'],
): readonly string[] {
  const claims = units
    .filter(({ workload: { placement } }) => placement.onNodes?.includes(deviceClass) ?? true)
    .flatMap(({ workload: { id, kind, namespace }, content }): string[] => {
      if (kind === 'helm') return [`${namespace}/*`];
      if (files !== undefined)
        return Object.values(files)
          .filter(({ workload }) => workload === id)
          .flatMap(({ claims: known = {} }) => Object.keys(known).map(claimName));
      return kind === 'container' ? containerClaims(id, namespace, content as ContainerContent) : [`${namespace}/*`];
    });
  return [...new Set(claims)].sort();
}

/** Of what the index calls it: `claim pos/pos-data`, or `claim data of StatefulSet pos/pos`, of which each pod has one. */
function claimName(key: string): string {
  const template = /^claim (\S+) of StatefulSet ([^/]+)\/(.+)$/.exec(key);
  return template ? `${template[2]}/${template[1]}-${template[3]}-*` : key.replace(/^claim /, '');
}

function containerClaims(id: string, namespace: string, { mounts, run }: ContainerContent): string[] {
  return Object.entries(mounts)
    .filter(([, { kind }]) => kind === 'claim')
    .map(
      ([path]) => `${namespace}/${run.kind === 'stateful' ? `${pathSlug(path)}-${id}-*` : `${id}-${pathSlug(path)}`}`,
    );
}
