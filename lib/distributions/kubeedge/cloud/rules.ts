import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../../../model/kube-object';
import type { RuleEndpointModel, RuleModel } from '../../../model/kubeedge-rule-model';
import { error, listSome, type Problem } from '../../../model/problem';

const API = 'rules.kubeedge.io/v1';

export function endpointObject(endpoint: RuleEndpointModel): KubeObject {
  return {
    apiVersion: API,
    kind: 'RuleEndpoint',
    metadata: { name: endpoint.name, namespace: endpoint.namespace },
    spec: {
      ruleEndpointType: endpoint.kind,
      // Even numbers are texts there.
      properties: endpoint.kind === 'servicebus' ? { service_port: String(endpoint.port) } : {},
    },
  };
}

export function ruleObject({ name, source, target, between }: RuleModel): KubeObject {
  return {
    apiVersion: API,
    kind: 'Rule',
    metadata: { name, namespace: source.namespace },
    spec: { source: source.name, target: target.name, ...resourcesOf(between) },
  };
}

function resourcesOf(between: RuleModel['between']): Readonly<Record<string, unknown>> {
  switch (between.pair) {
    case 'rest-to-eventbus':
      return { sourceResource: { path: between.path }, targetResource: { topic: between.topic } };
    case 'rest-to-servicebus':
      return { sourceResource: { path: between.path }, targetResource: { path: between.targetPath } };
    case 'eventbus-to-rest':
      return {
        sourceResource: { topic: between.topic, node_name: between.nodeName },
        targetResource: { resource: between.url },
      };
  }
}

/** Endpoints first: where one is missing, the admission webhook turns the rule away. */
export function ruleObjects(rules: readonly RuleModel[]): KubeObject[] {
  const endpoints = new Map<string, RuleEndpointModel>();
  for (const { source, target } of rules)
    for (const endpoint of [source, target]) endpoints.set(`${endpoint.namespace}/${endpoint.name}`, endpoint);
  return [...[...endpoints.values()].map(endpointObject), ...rules.map(ruleObject)];
}

/** What is wrong with the rules of one cluster. `nodes`: names of all that it has, where they are known. Pairs that do not exist cannot be written; what is left is between rules. */
export function ruleProblems(
  rules: readonly RuleModel[],
  features: readonly string[],
  nodes?: ReadonlySet<string>,
): Problem[] {
  const problems: Problem[] = [];
  const sources = new Map<string, string>();
  const endpoints = new Map<string, { readonly endpoint: RuleEndpointModel; readonly path: string }>();
  for (const rule of rules) {
    const { constructPath, source, target, between } = rule;
    const wrong = (message: string): void => {
      problems.push(error(constructPath, message));
    };
    if (!features.includes('rules'))
      wrong("nobody acts upon a rule where the feature 'rules' is off; add it to the features of the cluster");
    if (source.namespace !== target.namespace)
      wrong(`the endpoints of a rule must be in one namespace (found ${source.namespace} and ${target.namespace})`);
    for (const endpoint of [source, target]) {
      const name = `${endpoint.namespace}/${endpoint.name}`;
      const known = endpoints.get(name);
      endpoints.set(name, known ?? { endpoint, path: constructPath });
      if (known && !isDeepStrictEqual(known.endpoint, endpoint))
        wrong(`the endpoint '${name}' is another one in [${known.path}], and the later would overwrite it; rename one`);
    }
    const [from, to] = between.pair.split('-to-');
    if (source.kind !== from || target.kind !== to)
      wrong(`a rule ${between.pair} goes from '${from}' to '${to}' (found '${source.kind}' and '${target.kind}')`);
    if (target.kind === 'servicebus' && !(Number.isInteger(target.port) && target.port >= 1 && target.port <= 65535))
      wrong(`the port of '${target.name}' must be from 1 to 65535 (found ${target.port})`);
    if (between.pair === 'eventbus-to-rest' && nodes?.has(between.nodeName) === false)
      wrong(
        `no node of its cluster is called '${between.nodeName}', whose messages it hands on; name one as <site>-<slot>`,
      );
    const key =
      between.pair === 'eventbus-to-rest'
        ? `${source.namespace} topic ${between.topic} of ${between.nodeName}`
        : `${source.namespace} path ${between.path}`;
    const other = sources.get(key);
    if (other !== undefined)
      wrong(`${listSome([other, constructPath])} have one source (${key}), and only one of them would be taken`);
    sources.set(key, constructPath);
  }
  return problems;
}
