/** Where messages come from or go to. */
export type RuleEndpointModel =
  | { readonly kind: 'rest'; readonly name: string; readonly namespace: string }
  | { readonly kind: 'eventbus'; readonly name: string; readonly namespace: string }
  | { readonly kind: 'servicebus'; readonly name: string; readonly namespace: string; readonly port: number };

/**
 * A rule between two endpoints. There is no other pair than these three.
 *
 * @see kubeedge/kubeedge, cloud/pkg/admissioncontroller/admit_rule.go
 */
export type RulePairModel =
  | { readonly pair: 'rest-to-eventbus'; readonly path: string; readonly topic: string }
  | { readonly pair: 'rest-to-servicebus'; readonly path: string; readonly targetPath: string }
  | { readonly pair: 'eventbus-to-rest'; readonly topic: string; readonly nodeName: string; readonly url: string };

export interface RuleModel {
  /** Path of the construct. */
  readonly constructPath: string;
  readonly name: string;
  readonly source: RuleEndpointModel;
  readonly target: RuleEndpointModel;
  readonly between: RulePairModel;
}
