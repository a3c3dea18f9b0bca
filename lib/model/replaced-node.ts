import type { NodeRecord } from './node-model';

/** What is known of a node that is replaced, for what has to be done about it. */
export interface ReplacedNode {
  readonly site: string;
  readonly slot: string;
  /** Name of the node that goes. */
  readonly from: string;
  /** Name of the node that comes. */
  readonly to: string;
  readonly role: NodeRecord['role'];
  /** Number of servers of the cluster, this one counted. */
  readonly servers: number;
  /** Whether the site has nodes beside it. */
  readonly hasOthers: boolean;
}

/** What a distribution asks of people when a machine takes the place of another. Steps are in order; names of nodes stand in their commands. */
export interface ReplaceSteps {
  /** How `kubectl` is called where the steps are done. */
  readonly kubectl: string;
  /** Where that is, in one sentence. @default - wherever somebody reaches the cluster of the site */
  readonly where?: string;
  /** What dies with the disk beside volumes, in one sentence. @default - nothing */
  readonly loses?: string;
  /** Until the old node is out of its cluster, and the new one may come. */
  readonly before: readonly ReplaceStep[];
  /** What to know of the new machine's kit. @default - nothing */
  readonly kit?: string;
  /** Once the new machine is switched on. */
  readonly after: readonly ReplaceStep[];
}

export interface ReplaceStep {
  readonly text: string;
  /** @default - none: the text says all */
  readonly commands?: readonly string[];
  /** What to know of what the commands do. @default - nothing */
  readonly note?: string;
}
