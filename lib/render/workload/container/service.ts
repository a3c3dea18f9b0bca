import { sorted } from '../../../model/digest';
import type { KubeObject } from '../../../model/kube-object';
import { listSome } from '../../../model/problem';
import type { ContainerContent, ContainerWorkloadModel } from '../../../model/workload-model';
import { ContentError, perSite, type RenderContext } from '../../render-context';
import { metadataOf, nonEmpty, podLabels } from './names';

/** One Service with all ports by name. That of a StatefulSet is headless, so that each pod has a name in DNS, and there is one without ports too. */
export function serviceOf(workload: ContainerWorkloadModel, { ports, run }: ContainerContent): KubeObject | undefined {
  const stateful = run.kind === 'stateful';
  const entries = sorted(Object.entries(ports), ([name]) => name);
  if (entries.length === 0 && !stateful) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(workload),
    spec: {
      type: 'ClusterIP',
      clusterIP: stateful ? 'None' : undefined,
      selector: podLabels(workload),
      ports: nonEmpty(entries.map(([name, port]) => ({ name, port, targetPort: name, protocol: 'TCP' }))),
    },
  };
}

/** Without a class: the cluster's default one, with K3s Traefik's. */
export function ingressOf(
  workload: ContainerWorkloadModel,
  content: ContainerContent,
  { context }: RenderContext,
): KubeObject | undefined {
  const ingress = perSite(content.ingress, context);
  if (!ingress) return undefined;
  const names = Object.keys(content.ports);
  if (!names.includes(ingress.port)) {
    throw new ContentError(`has an ingress to the port ${ingress.port}; its ports are ${listSome(names) || 'none'}`);
  }
  const backend = { service: { name: workload.id, port: { name: ingress.port } } };
  const paths = [{ path: ingress.path ?? '/', pathType: 'Prefix', backend }];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(workload),
    spec: { rules: [{ host: ingress.host, http: { paths } }] },
  };
}
