/** What a distribution says of a cluster that sites share when it is described otherwise than before. Commands are run where `kubectl` reaches that cluster. */
export interface SharedChangeWords {
  /** What makes the pods of a workload that all sites share, as `kubectl delete` takes it. */
  readonly podKinds: string;
  /** All that a workload may have there, but for what holds data. */
  readonly workloadKinds: string;
  /** Command that deletes what carried a node tree to its machines. */
  readonly deleteCarrier: (tree: string) => string;
  /** Command that deletes what chose the nodes of a site group, by ids of device classes. */
  readonly deleteGroups: (siteGroup: string, deviceClasses: readonly string[]) => string;
  /** What people do, and in which order, when machines that run dial other addresses than before. */
  readonly otherAddresses: (was: readonly string[], now: readonly string[]) => string;
}
