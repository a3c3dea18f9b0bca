import type { SharedChangeWords } from '../../model/shared-changes';
import { CARRIER_NAMESPACE } from '../../render/carrier/carrier';
import { CARRIER_LABEL, carrierName } from './cloud/carriers';
import { nodeGroupName } from './cloud/node-groups';
import { POD_KINDS, WORKLOAD_KINDS } from './cloud/workload-kinds';

/** What synth says when a cluster of KubeEdge is another than before: nothing withdraws what is in it, and nodes keep what they registered with. */
export const KUBEEDGE_CHANGES: SharedChangeWords = {
  podKinds: POD_KINDS.join(','),
  workloadKinds: WORKLOAD_KINDS.join(','),
  deleteCarrier: (tree) =>
    `kubectl delete daemonset --namespace ${CARRIER_NAMESPACE} --selector ${CARRIER_LABEL}=${carrierName(tree)}`,
  deleteGroups: (siteGroup, deviceClasses) =>
    `kubectl delete nodegroups.apps.kubeedge.io ${deviceClasses.map((deviceClass) => nodeGroupName({ siteGroup, deviceClass })).join(' ')}`,
  otherAddresses,
};

/** A machine that has lost the cloud cannot be told where it is by now. */
function otherAddresses(was: readonly string[], now: readonly string[]): string {
  const hosts = (addresses: readonly string[]) => [...new Set(addresses.map(hostOf))].join(', ');
  const last = 'take the old one out when all machines have their new tree';
  if (hosts(was) === hosts(now))
    return `let cloudcore answer at both before manifests/10-edgecdk-nodes.yaml is applied, which tells machines; ${last}`;
  return `cloudcore keeps the certificate that it made for ${hosts(was)}, and machines that reach it nowhere cannot be told any more. In this order: leave the old one beside the new one in advertiseAddress or dnsNames; apply the chart by its step in the README of the cluster; \`kubectl --namespace kubeedge delete secret cloudcoresecret\` and \`kubectl --namespace kubeedge rollout restart deployment/cloudcore\`, which makes a certificate for both; see with \`kubectl get nodes\` that all are Ready; only then apply manifests/10-edgecdk-nodes.yaml, which tells machines; ${last}`;
}

/** Of `203.0.113.10:10000/tcp`. */
function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':'));
}
