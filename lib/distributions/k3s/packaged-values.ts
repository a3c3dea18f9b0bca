import type { ClusterModel } from '../../model/fleet-model';
import type { KubeObject } from '../../model/kube-object';
import type { FileContent } from '../../render/delivery/local';

/** What a K3s cluster holds besides its workloads: values for packaged components. */
export function k3sFiles(
  cluster: ClusterModel,
  printValues: (values: Readonly<Record<string, unknown>>) => string,
): FileContent[] {
  return Object.entries(cluster.packagedValues).map(([chart, values]) => ({
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
