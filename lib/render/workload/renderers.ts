import type { KubeObject } from '../../model/kube-object';
import type { WorkloadContent, WorkloadModel } from '../../model/workload-model';
import type { RenderContext, WorkloadRenderer } from '../render-context';
import { renderChart } from './chart';
import { renderContainer } from './container/container';
import { renderHelm } from './helm';
import { renderDeviceModel, renderLeafDevice } from './leaf/leaf';
import { renderManifest } from './manifest';

const renderers = {
  container: renderContainer,
  chart: renderChart,
  helm: renderHelm,
  manifest: renderManifest,
  'leaf-device': renderLeafDevice,
  'device-model': renderDeviceModel,
} satisfies { readonly [K in WorkloadModel['kind']]: WorkloadRenderer<Extract<WorkloadModel, { kind: K }>> };

/** The objects of a workload, by the renderer of its kind. */
export function renderWorkload(
  workload: WorkloadModel,
  content: WorkloadContent,
  context: RenderContext,
): readonly KubeObject[] {
  const render = renderers[workload.kind] as WorkloadRenderer<WorkloadModel>;
  return render(workload, content, context);
}
