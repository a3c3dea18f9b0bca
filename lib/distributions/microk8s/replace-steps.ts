import type { ReplacedNode, ReplaceStep, ReplaceSteps } from '../../model/replaced-node';

/**
 * What MicroK8s asks of people when a machine takes the place of another. `remove-node` finds the member of dqlite by the address of the node object, so it
 * comes before anything else that would take that object away.
 *
 * @see MicroK8s source, scripts/wrappers/remove_node.py; issues 2212 and 1828 (a node object deleted first), 2348 (a node that joins too early)
 */
export function microk8sReplaceSteps(node: ReplacedNode): ReplaceSteps {
  const base = { kubectl: 'sudo microk8s kubectl' };
  if (node.role === 'server' && node.servers === 1)
    return {
      ...base,
      where: 'Commands of the cluster are run on the new machine.',
      loses: 'The state of the cluster is on its disk too: it is the only server.',
      before: [],
      after: [beginAnew(node)],
    };
  return {
    ...base,
    where: 'Commands of the cluster are run on another server of the site.',
    before: [...(node.role === 'server' ? [lookAtServers(node)] : []), drain(node), remove(node), tellOthers(node)],
    kit: 'The token on it is taken for as long as a node of the site is missing.',
    after: [],
  };
}

function lookAtServers({ servers }: ReplacedNode): ReplaceStep {
  const quorum = Math.floor(servers / 2) + 1;
  const isLast = servers - 1 === quorum;
  return {
    text: `Look at the other servers first: ${quorum} of ${servers} must answer, or dqlite takes no change${isLast ? ', so that none of the others may fail until this is done' : ''}.`,
    commands: ['sudo microk8s status', 'sudo microk8s kubectl get nodes'],
  };
}

function drain({ from }: ReplacedNode): ReplaceStep {
  return {
    text: 'If the old machine still answers, empty it, then switch it off for good: it must not come back under its old name.',
    commands: [`sudo microk8s kubectl drain ${from} --ignore-daemonsets --delete-emptydir-data --timeout=10m`],
  };
}

function remove({ from, role }: ReplacedNode): ReplaceStep {
  if (role === 'agent')
    return { text: 'Take the old node out of the cluster.', commands: [`sudo microk8s remove-node ${from}`] };
  return {
    text: 'Take the old node out of the cluster, and out of dqlite.',
    commands: [`sudo microk8s remove-node ${from} --force`],
    note: 'Never delete its node object by itself before: dqlite would keep the dead member, and the new machine could not join from its address. Was it done all the same, give the address to `remove-node` in the place of the name. Do not go on before it is gone: a server that joins while a dead member counts can cost the majority.',
  };
}

/** Who is a node of the site stands in the identity of each machine: a server lets in whom it expects, and whose name it finds. */
function tellOthers({ site, to }: ReplacedNode): ReplaceStep {
  return {
    text: `Tell the other machines who comes: a server lets in the nodes that it knows of, and finds their names in its own /etc/hosts.`,
    commands: [
      `edgecdk export --ansible ${site}`,
      `ansible-playbook -i ansible/inventory.yaml ansible/playbook.yaml --limit 'all:!${to}'`,
    ],
  };
}

function beginAnew({ to, hasOthers }: ReplacedNode): ReplaceStep {
  const workers = hasOthers ? ', and each worker must be set up anew: replace it, too' : '';
  return {
    text: `${to} begins an empty cluster with a new certificate authority. What the site runs comes back when its manifests are applied, as its kit says; data do not${workers}. Did somebody keep a copy (\`microk8s dbctl backup\`), it is restored before that.`,
    commands: ['sudo microk8s dbctl restore <copy>'],
  };
}
