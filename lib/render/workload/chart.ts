import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { scopeOf } from '../../catalog/kubernetes';
import type { KubeObject } from '../../model/kube-object';
import type { ModelContext } from '../../model/site-context';
import type { ChartContent, ChartWorkloadModel } from '../../model/workload-model';
import { ContentError, perSite, type WorkloadRenderer } from '../render-context';
import { withoutCdk8sSettings } from './cdk8s-settings';

type ChartClass = new (scope: Construct, id: string, props: unknown) => Chart;
type ChartFunction = (chart: Chart, context: ModelContext) => void;

/**
 * Runs a cdk8s chart in an App of its own: cdk8s validates and resolves the whole App for each chart, so one App for many sites would cost their
 * square. Nested charts are charts of the App too, and are lost by `chart.toJson()` of the outer one alone.
 */
export const renderChart: WorkloadRenderer<ChartWorkloadModel> = (workload, content, { context }) => {
  const objects = withoutCdk8sSettings(() => chartObjects(workload, content, context));
  return objects.map((object) => inNamespace(object, workload.namespace));
};

function chartObjects(workload: ChartWorkloadModel, content: ChartContent, context: ModelContext): KubeObject[] {
  const app = new App();
  if (content.chart !== undefined) {
    new (content.chart as ChartClass)(app, workload.id, perSite(content.props, context));
  } else if (content.content !== undefined) {
    const chart = new Chart(app, workload.id, { namespace: workload.namespace });
    (content.content as ChartFunction)(chart, context);
  } else {
    throw new ContentError('has neither a chart nor content; give it `chart` and `props`, or `content`');
  }
  return app.charts.flatMap((chart) => chart.toJson()) as KubeObject[];
}

/** The namespace for an object that names none; a custom resource is left alone, since it may belong to no namespace. */
export function inNamespace(object: KubeObject, namespace: string): KubeObject {
  const scope = scopeOf(object.apiVersion, object.kind);
  if (scope === 'Cluster' && object.metadata?.namespace !== undefined) {
    // cdk8s gives a chart's namespace to all of its objects, also to those that have none.
    return { ...object, metadata: { ...object.metadata, namespace: undefined } };
  }
  if (object.metadata?.namespace !== undefined || scope !== 'Namespaced') return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}
