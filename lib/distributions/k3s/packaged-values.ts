import type { ClusterFilesInput } from '../../model/distribution';
import type { FileContent } from '../../model/file-content';
import type { K3sClusterModel } from '../../model/k3s-cluster-model';
import type { KubeObject } from '../../model/kube-object';

/** Values for packaged components. */
export function packagedValueFiles(
  { packagedValues }: K3sClusterModel,
  printValues: ClusterFilesInput['printValues'],
): FileContent[] {
  return Object.entries(packagedValues).map(([chart, values]) => ({
    name: `helmchartconfig-${chart}`,
    retire: 'withdraw',
    objects: [helmChartConfig(chart, printValues(values))],
  }));
}

/** Lies over the HelmChart of the same name that K3s brings. @see https://docs.k3s.io/helm#customizing-packaged-components-with-helmchartconfig */
function helmChartConfig(chart: string, valuesContent: string): KubeObject {
  return {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChartConfig',
    metadata: { name: chart, namespace: 'kube-system' },
    spec: { valuesContent },
  };
}
