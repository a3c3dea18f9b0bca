export interface SecretRecord {
  readonly workload: string;
  /** Name in the secret store, or folder under the node's folder of secrets. */
  readonly secret: string;
  readonly keys: readonly string[];
  /** The Secret object of Kubernetes that holds it in the cluster. */
  readonly namespace: string;
  readonly object: string;
}
