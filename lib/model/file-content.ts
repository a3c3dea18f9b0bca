import type { KubeObject } from './kube-object';

/** Objects that share a file, before it is printed. */
export interface FileContent {
  readonly name: string;
  readonly retire: 'withdraw' | 'keep';
  readonly objects: readonly KubeObject[];
}
