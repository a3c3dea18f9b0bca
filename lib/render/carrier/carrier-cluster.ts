/** What carriers take from the distribution of their cluster. */
export interface CarrierCluster {
  /** Has `sh` and `nsenter`. */
  readonly image: string;
  /** What a pod does once its tree is there: nothing, for as long as it is let. */
  readonly idle: { readonly image: string; readonly command?: readonly string[] };
  /** Label of the nodes with a control plane, which no other node bears. */
  readonly serverLabel: { readonly name: string; readonly value: string };
}
