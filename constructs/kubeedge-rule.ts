import { Construct } from 'constructs';
import type { KubeEdgePart } from '../lib/model/kubeedge-cluster-model';
import type { RuleEndpointModel, RuleModel, RulePairModel } from '../lib/model/kubeedge-rule-model';
import { model, types } from './internal';
import type { KubeEdgeCluster } from './kubeedge-cluster';

export type KubeEdgeRuleEndpointKind = RuleEndpointModel['kind'];

interface EndpointBase {
  /** Name of its object. */
  readonly name: string;
  /** @default 'default' */
  readonly namespace?: string;
}

/**
 * An end of a rule: HTTP of the cloud (`rest`), MQTT of the nodes (`eventBus`), or HTTP services of the nodes (`serviceBus`).
 *
 * @example
 * const api = KubeEdgeRuleEndpoint.rest({ name: 'api' });
 */
export class KubeEdgeRuleEndpoint<out K extends KubeEdgeRuleEndpointKind = KubeEdgeRuleEndpointKind> {
  /** HTTP: cloudcore's port 9443 as a source, any URL as a target. */
  static rest(options: EndpointBase): KubeEdgeRuleEndpoint<'rest'> {
    return new KubeEdgeRuleEndpoint({ kind: 'rest', name: options.name, namespace: options.namespace ?? 'default' });
  }

  /** Topics of the nodes' MQTT broker. */
  static eventBus(options: EndpointBase): KubeEdgeRuleEndpoint<'eventbus'> {
    return new KubeEdgeRuleEndpoint({
      kind: 'eventbus',
      name: options.name,
      namespace: options.namespace ?? 'default',
    });
  }

  /** An HTTP service on a port of the nodes. A port that is none is an error at synth. */
  static serviceBus(options: EndpointBase & { readonly port: number }): KubeEdgeRuleEndpoint<'servicebus'> {
    const { name, namespace, port } = options;
    return new KubeEdgeRuleEndpoint({ kind: 'servicebus', name, namespace: namespace ?? 'default', port });
  }

  declare readonly [types]: { readonly kind: K };
  readonly [model]: RuleEndpointModel;

  private constructor(endpoint: RuleEndpointModel) {
    this[model] = endpoint;
  }
}

/** The three pairs that KubeEdge has. Any other does not compile. */
export type KubeEdgeRuleProps = { readonly cluster: KubeEdgeCluster } & (
  | {
      /** HTTP to MQTT. */
      readonly from: KubeEdgeRuleEndpoint<'rest'>;
      readonly to: KubeEdgeRuleEndpoint<'eventbus'>;
      /** Path of the request, below cloudcore's `/<node>/<namespace>/`. One path may be the source of one rule. */
      readonly path: string;
      readonly topic: string;
    }
  | {
      /** HTTP to an HTTP service. */
      readonly from: KubeEdgeRuleEndpoint<'rest'>;
      readonly to: KubeEdgeRuleEndpoint<'servicebus'>;
      /** Path of the request. One path may be the source of one rule. */
      readonly path: string;
      /** Path of the service. */
      readonly servicePath: string;
    }
  | {
      /** MQTT to HTTP. */
      readonly from: KubeEdgeRuleEndpoint<'eventbus'>;
      readonly to: KubeEdgeRuleEndpoint<'rest'>;
      readonly topic: string;
      /** Name of the one node whose messages these are. */
      readonly nodeName: string;
      readonly url: `http://${string}` | `https://${string}`;
    }
);

/**
 * Hands messages on between the cloud and edge nodes. Needs the feature `rules` of its cluster; endpoints in two namespaces, and two rules with one source,
 * are errors at synth.
 *
 * @example
 * new KubeEdgeRule(fleet, 'alarms', { cluster: vans, from: KubeEdgeRuleEndpoint.eventBus({ name: 'mqtt' }), to: KubeEdgeRuleEndpoint.rest({ name: 'api' }), topic: 'alarms', nodeName: 'van-001-gateway-1', url: 'https://alarms.example/in' });
 */
export class KubeEdgeRule extends Construct {
  readonly [model]: { readonly as: 'shared-cluster-part'; readonly record: KubeEdgePart };

  constructor(scope: Construct, id: string, props: KubeEdgeRuleProps) {
    super(scope, id);
    const { path } = this.node;
    const rule: RuleModel = {
      constructPath: path,
      name: id,
      source: props.from[model],
      target: props.to[model],
      between: pairOf(props),
    };
    this[model] = {
      as: 'shared-cluster-part',
      record: { path, cluster: props.cluster.node.path, kind: 'rule', rule },
    };
  }
}

function pairOf(props: KubeEdgeRuleProps): RulePairModel {
  if ('url' in props) return { pair: 'eventbus-to-rest', topic: props.topic, nodeName: props.nodeName, url: props.url };
  if ('topic' in props) return { pair: 'rest-to-eventbus', path: props.path, topic: props.topic };
  return { pair: 'rest-to-servicebus', path: props.path, targetPath: props.servicePath };
}
