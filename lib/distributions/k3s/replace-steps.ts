import { manifestsFolder } from '../../model/folders';
import type { K3sClusterModel } from '../../model/k3s-cluster-model';
import type { ReplacedNode, ReplaceStep, ReplaceSteps } from '../../model/replaced-node';

/** What K3s asks of people when a machine takes the place of another. */
export function k3sReplaceSteps(node: ReplacedNode, cluster: K3sClusterModel): ReplaceSteps {
  const datastore = cluster.machines?.datastore?.kind ?? (node.servers > 1 ? 'etcd' : 'sqlite');
  const isOnly = node.role === 'server' && node.servers === 1 && datastore !== 'external';
  const base = { kubectl: 'kubectl', kit: manifestsOf(node) };
  if (!isOnly) return { ...base, before: leaveCluster(node, datastore), after: [] };
  const hasBackup = (cluster.machines?.backup.kind ?? 'none') !== 'none';
  return {
    ...base,
    loses: 'The state of the cluster is on its disk too: it is the only server.',
    before: [],
    after: bringBackData(node, hasBackup),
  };
}

/** A member of etcd goes together with the node object. @see K3s source, pkg/etcd (member controller) */
function leaveCluster({ from, role, servers }: ReplacedNode, datastore: string): ReplaceStep[] {
  const drain: ReplaceStep = {
    text: 'If the old machine still answers, empty it, then switch it off for good: it must not come back under its old name.',
    commands: [`kubectl drain ${from} --ignore-daemonsets --delete-emptydir-data --timeout=10m`],
  };
  const remove: ReplaceStep = {
    text: 'Delete its node object and the secret with its password.',
    commands: [
      `kubectl delete node ${from}`,
      `kubectl -n kube-system delete secret ${from}.node-password.k3s --ignore-not-found`,
    ],
  };
  if (role === 'agent' || datastore !== 'etcd') return [drain, remove];
  const quorum = Math.floor(servers / 2) + 1;
  const isLast = servers - 1 === quorum;
  return [
    {
      text: `Look at the other servers first: ${quorum} of ${servers} must be ready, or etcd takes no change${isLast ? ', so that none of the others may fail until this is done' : ''}. Are there fewer, restore the cluster instead.`,
      commands: ['kubectl get nodes -l node-role.kubernetes.io/etcd=true'],
    },
    drain,
    {
      ...remove,
      note: 'K3s removes the member of etcd together with the node object. Do not go on before it is gone: a server that joins while a dead member counts can cost the majority.',
    },
  ];
}

function bringBackData({ from, to }: ReplacedNode, hasBackup: boolean): ReplaceStep[] {
  if (!hasBackup)
    return [
      {
        text: `There is no copy of the datastore: ${to} begins an empty cluster with a new certificate authority. Workloads come back by delivery, their data does not, and each agent must be set up anew.`,
      },
    ];
  return [
    {
      text: `Plug the disk with the copies into the new machine, and mount it where it was, before K3s starts for the first time. ${to} does not begin an empty cluster while copies are there. Restore the newest; the agents know the cluster again by its certificate authority.`,
      commands: ['sudo sh /var/lib/edgecdk/apply.sh --restore <folder of the copies>'],
    },
    {
      text: 'Delete the node that is gone from the restored cluster.',
      commands: [`kubectl delete node ${from}`],
    },
  ];
}

function manifestsOf({ role, site }: ReplacedNode): string | undefined {
  return role === 'server'
    ? `A server has the manifests of its site on its disk: copy \`${manifestsFolder(site)}\` of the assembly to /var/lib/rancher/k3s/server/manifests, as on the others.`
    : undefined;
}
