import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { scopeOf } from '../../catalog/kubernetes';
import type { KubeObject } from '../../model/kube-object';
import type { ModelContext } from '../../model/site-context';
import type { ChartWorkloadModel } from '../../model/workload-model';
import { ContentError, perSite, type WorkloadRenderer } from '../render-context';

type ChartClass = new (scope: Construct, id: string, props: unknown) => Chart;
type ChartFunction = (chart: Chart, context: ModelContext) => void;

/**
 * Runs a cdk8s chart in an App of its own: cdk8s validates and resolves the whole App for each chart, so one App for many sites would cost their
 * square. Nested charts are charts of the App too, and are lost by `chart.toJson()` of the outer one alone.
 */
export const renderChart: WorkloadRenderer<ChartWorkloadModel> = (workload, content, { context }) => {
  const app = new App();
  if (content.chart !== undefined) {
    new (content.chart as ChartClass)(app, workload.id, perSite(content.props, context));
  } else if (content.content !== undefined) {
    const chart = new Chart(app, workload.id, { namespace: workload.namespace });
    (content.content as ChartFunction)(chart, context);
  } else {
    throw new ContentError('has neither a chart nor content; give it `chart` and `props`, or `content`');
  }
  const objects = app.charts.flatMap((chart) => chart.toJson()) as KubeObject[];
  return objects.map((object) => inNamespace(object, workload.namespace));
};

/** The namespace for an object that names none; a custom resource is left alone, since it may belong to no namespace. */
export function inNamespace(object: KubeObject, namespace: string): KubeObject {
  if (object.metadata?.namespace !== undefined || scopeOf(object.apiVersion, object.kind) !== 'Namespaced')
    return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}
