/** What is known of a node that is replaced, for what has to be done about it. */
export interface ReplacedNode {
  readonly site: string;
  readonly slot: string;
  /** Name of the node that goes. */
  readonly from: string;
  /** Name of the node that comes. */
  readonly to: string;
  readonly role: 'server' | 'agent';
  /** Number of servers of the cluster, this one counted. */
  readonly servers: number;
  readonly datastore: string;
  /** Whether copies of the datastore are made somewhere else. */
  readonly hasBackup: boolean;
  /** Volume claims of workloads that may run on it, as `namespace/name`. A pattern such as `pos/data-db-*` will do. */
  readonly claims: readonly string[];
  /** What the inventory goes on to say of the old machine: `serial 100000003d1b2f`. */
  readonly kept: readonly string[];
}

/** What to do, in order, when a machine takes the place of another: Markdown for a person with `kubectl` on the site's cluster. */
export function replaceRunbook(node: ReplacedNode): string {
  const steps = [lookAtInventory(node), ...leaveCluster(node), putIn(node), ...bringBackData(node), watch(node)];
  return [
    `# Replace ${node.from} by ${node.to}`,
    '',
    whatDies(node),
    '',
    ...steps.map((step, i) => `${i + 1}. ${step}`),
    '',
  ].join('\n');
}

function isOnlyServer({ role, servers, datastore }: ReplacedNode): boolean {
  return role === 'server' && servers === 1 && datastore !== 'external';
}

function whatDies(node: ReplacedNode): string {
  const claims = [...node.claims].sort();
  const data =
    claims.length === 0
      ? 'No workload keeps a volume on its disk.'
      : `Volumes on its disk die with it. Look which of these are there, and save what you need: ${claims.join(', ')}.`;
  return isOnlyServer(node) ? `${data} The state of the cluster is on its disk too: it is the only server.` : data;
}

function lookAtInventory({ to, kept }: ReplacedNode): string {
  const old =
    kept.length === 0
      ? ''
      : ` The row still says ${kept.join(' and ')}: right if the machine stays and only its disk is new, else write those of the new machine.`;
  return `Commit the changed inventory, synthesize, and let the site pull: from then on ${to} is expected.${old}`;
}

function leaveCluster(node: ReplacedNode): string[] {
  const { from, role, servers, datastore } = node;
  if (isOnlyServer(node)) return [];
  const drain = [
    'If the old machine still answers, empty it, then switch it off for good: it must not come back under its old name.',
    '',
    code(`kubectl drain ${from} --ignore-daemonsets --delete-emptydir-data --timeout=10m`),
  ].join('\n');
  const remove = [
    'Delete its node object and the secret with its password.',
    '',
    code(
      `kubectl delete node ${from}`,
      `kubectl -n kube-system delete secret ${from}.node-password.k3s --ignore-not-found`,
    ),
  ].join('\n');
  if (role === 'agent' || datastore !== 'etcd') return [drain, remove];
  const left = servers - 1;
  const quorum = Math.floor(servers / 2) + 1;
  return [
    `Look at the other servers first: ${quorum} of ${servers} must be ready, or etcd takes no change${left === quorum ? ', so that none of the others may fail until this is done' : ''}. Are there fewer, restore the cluster instead.\n\n${code('kubectl get nodes -l node-role.kubernetes.io/etcd=true')}`,
    drain,
    `${remove}\n\n   K3s removes the member of etcd together with the node object. Do not go on before it is gone: a server that joins while a dead member counts can cost the majority.`,
  ];
}

function bringBackData(node: ReplacedNode): string[] {
  if (!isOnlyServer(node)) return [];
  return node.hasBackup
    ? [
        [
          `Plug the disk with the copies into the new machine, and mount it where it was, before K3s starts for the first time. ${node.to} does not begin an empty cluster while copies are there. Restore the newest; the agents know the cluster again by its certificate authority.`,
          '',
          code('sudo sh /var/lib/edgecdk/apply.sh --restore <folder of the copies>'),
          '',
          `   Then delete the node that is gone from the restored cluster.\n\n${code(`kubectl delete node ${node.from}`)}`,
        ].join('\n'),
      ]
    : [
        `There is no copy of the datastore: ${node.to} begins an empty cluster with a new certificate authority. Workloads come back by delivery, their data does not, and each agent must be set up anew.`,
      ];
}

function putIn({ site, slot, to, role }: ReplacedNode): string {
  const manifests =
    role === 'server'
      ? `\n\n   A server has the manifests of its site on its disk: copy ${'`'}sites/*/${site}/manifests${'`'} of the assembly to /var/lib/rancher/k3s/server/manifests, as on the others.`
      : '';
  return `Make the kit for ${to}, which the new machine at ${slot} starts with: its README.txt says where the image looks for it. The old one does not fit: it has the old name.\n\n${code(`edgecdk export ${site} --node ${to} --to <medium> --secrets <folder> --strict`)}${manifests}`;
}

function watch(node: ReplacedNode): string {
  const { to, from, claims } = node;
  const volumes =
    claims.length === 0
      ? ''
      : `\n\n   Claims that were bound to ${from} keep their pods waiting, since the volume names that node. Where the data is gone or saved, delete the claim and its pod, and a new volume is made.\n\n${code(`kubectl get pv -o wide`, `kubectl get pods -A --field-selector=status.phase=Pending`)}`;
  return `Wait until it is ready.\n\n${code(`kubectl wait --for=condition=Ready node/${to} --timeout=30m`)}${volumes}`;
}

function code(...lines: readonly string[]): string {
  return ['   ```sh', ...lines.map((line) => `   ${line}`), '   ```'].join('\n');
}
