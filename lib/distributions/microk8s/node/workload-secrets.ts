import type { WorkloadSecrets } from '../../../model/distribution';
import type { NodeFile } from '../../../model/node-tree';
import { workloadSecretFiles } from '../../../render/node/workload-secrets';
import { MICROK8S_UNIT } from './units';

/** Makes the Secrets of workloads on a server of MicroK8s; with the snap's kubectl itself, for `microk8s` brings the environment of a person. */
export function microk8sWorkloadSecrets(secrets: WorkloadSecrets): NodeFile[] {
  return workloadSecretFiles(secrets, {
    title: 'MicroK8s',
    unit: MICROK8S_UNIT,
    kubectl:
      '"$root/snap/microk8s/current/kubectl" "--kubeconfig=$root/var/snap/microk8s/current/credentials/client.config"',
  });
}
