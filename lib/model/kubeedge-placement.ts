/** What is known of where a workload goes when its form is chosen. */
export interface PlacementFacts {
  /** Id of the workload: names an EdgeApplication. */
  readonly workload: string;
  readonly namespace: string;
  /** Node groups that it goes to, each with the sites and nodes in it. */
  readonly groups: readonly PlacementGroup[];
  /** Node groups of the cluster, whether it goes there or not: where it goes to all, no affinity says which. */
  readonly allGroups: number;
  /** Whether its content has holes that differ from site to site. */
  readonly hasHoles: boolean;
  /** Sites that it goes to. @default - those of the groups, of which no two have the same */
  readonly sites?: number;
  /** Whether NodeGroup and EdgeApplication are acted upon: the feature `nodeGroups`. */
  readonly nodeGroups: boolean;
  readonly edgeMesh: boolean;
  /** Taint of edge nodes. @default - none */
  readonly taint?: { readonly key: string; readonly value?: string; readonly effect: string };
}

export interface PlacementGroup {
  /** Name of the NodeGroup. */
  readonly name: string;
  readonly sites: number;
  readonly nodes: number;
  /** @default - as in the template */
  readonly overriders?: Overriders;
}

/** What an EdgeApplication changes for one node group. */
export interface Overriders {
  readonly images?: ReadonlyArray<{
    readonly component: 'Registry' | 'Repository' | 'Tag';
    readonly operator: 'add' | 'remove' | 'replace';
    readonly value?: string;
    /** JSON pointer of the one image, such as `/spec/template/spec/containers/0/image`. */
    readonly path: string;
  }>;
  readonly env?: ReadonlyArray<{
    readonly container: string;
    readonly operator: 'add' | 'remove' | 'replace';
    readonly value: ReadonlyArray<{ readonly name: string; readonly value?: string }>;
  }>;
  readonly args?: ReadonlyArray<{
    readonly container: string;
    readonly operator: 'add' | 'remove';
    readonly value: readonly string[];
  }>;
  readonly resources?: ReadonlyArray<{
    readonly container: string;
    readonly limits?: Readonly<Record<string, string>>;
    readonly requests?: Readonly<Record<string, string>>;
  }>;
}
