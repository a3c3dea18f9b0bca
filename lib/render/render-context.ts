import type { DeviceClassModel } from '../model/device-class-model';
import type { Distribution } from '../model/distribution';
import type { SecretStoreModel } from '../model/fleet-model';
import type { KubeObject } from '../model/kube-object';
import type { ModelContext, PerSiteModel } from '../model/site-context';
import type { WorkloadModel } from '../model/workload-model';

/** What a workload's content is rendered with: tokens, or the real values of a probe. */
export interface RenderContext {
  readonly context: ModelContext;
  /** That of the clusters which the content goes to. */
  readonly distribution: Pick<Distribution, 'name' | 'title'>;
  /** Classes of the cluster's nodes, sorted by path. */
  readonly deviceClasses: readonly DeviceClassModel[];
  readonly secrets?: SecretStoreModel;
  /** Secrets that the team encrypted, by namespace and name. @default - the secret store has none */
  readonly encrypted?: ReadonlyMap<string, KubeObject>;
  /** Name of the node that a leaf device hangs on, by the device's id. Throws where some site has no one such node. */
  readonly nodeOf: (leaf: string) => string;
  /** Folder that relative paths start from. */
  readonly root?: string;
  /** Text of a file of the program; the error names it as the program does. */
  readonly readFile: (file: string, asWritten: string) => string;
}

/** One kind of workload: content in, Kubernetes objects out. Throws `ContentError` for what is wrong with the content. */
export type WorkloadRenderer<W extends WorkloadModel> = (
  workload: W,
  content: W['content'],
  context: RenderContext,
) => readonly KubeObject[];

/** Wrong content, said in words for the user; `render` adds the construct's path. */
export class ContentError extends Error {
  constructor(
    message: string,
    readonly sites?: readonly string[],
  ) {
    super(message);
  }
}

/** The thing itself, or what its function makes of the site. */
export function perSite<T>(value: PerSiteModel<T> | undefined, context: ModelContext): T | undefined {
  return typeof value === 'function' ? (value as (context: ModelContext) => T)(context) : value;
}
