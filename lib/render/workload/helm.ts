import type { HelmWorkloadModel } from '../../model/workload-model';
import { ContentError, perSite, type WorkloadRenderer } from '../render-context';

/**
 * A HelmChart object, which the helm-controller of K3s installs. `valuesContent` and not `values`, and no newer field: older bundled controllers
 * drop what they do not know. The values stay a tree until all transforms have run; `finish` makes text of them. @see https://docs.k3s.io/helm
 */
export const renderHelm: WorkloadRenderer<HelmWorkloadModel> = (workload, content, { context }) => {
  const oci = content.chart.startsWith('oci://');
  if (oci && content.repo)
    throw new ContentError(`has a chart in an OCI registry and a repo (${content.repo}); leave the repo out`);
  if (!oci && !content.repo)
    throw new ContentError(
      `has a chart without a repo (${content.chart}); give its repo, or an oci:// address as chart`,
    );
  const values = perSite(content.values, context);
  return [
    {
      apiVersion: 'helm.cattle.io/v1',
      kind: 'HelmChart',
      // HelmCharts live where the controller's own do; the release goes to the workload's namespace.
      metadata: { name: workload.id, namespace: 'kube-system' },
      spec: {
        chart: content.chart,
        ...(content.repo !== undefined && { repo: content.repo }),
        version: content.version,
        targetNamespace: workload.namespace,
        ...(values && Object.keys(values).length > 0 && { valuesContent: values }),
      },
    },
  ];
};
