import type { WorkloadSecrets } from '../../../model/distribution';
import type { NodeFile } from '../../../model/node-tree';
import { workloadSecretFiles } from '../../../render/node/workload-secrets';

/** Makes the Secrets of workloads on a server of K3s. */
export function k3sWorkloadSecrets(secrets: WorkloadSecrets): NodeFile[] {
  return workloadSecretFiles(secrets, { title: 'K3s', unit: 'k3s', kubectl: '"$root/usr/local/bin/k3s" kubectl' });
}
