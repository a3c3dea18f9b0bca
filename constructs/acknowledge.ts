import type { IConstruct } from 'constructs';
import { acknowledgement } from './internal';

/**
 * Accepts what a rule finds on a construct and on what is under it, with the reason. The finding no longer counts as a problem; it stays visible in
 * the summary. An unknown rule or an empty reason is an error at synth.
 *
 * @example
 * acknowledge(pos, 'edgecdk-privileged', 'the receipt printer needs the serial device');
 */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  construct.node.addMetadata(acknowledgement, { rule, reason });
}
