import type { ReplacedNode, ReplaceStep, ReplaceSteps } from '../model/replaced-node';

/** What is known beside the node itself. */
export interface ReplaceFacts {
  /** Volume claims of workloads that may run on it, as `namespace/name`. A pattern such as `pos/data-db-*` will do. */
  readonly claims: readonly string[];
  /** What the inventory goes on to say of the old machine: `serial 100000003d1b2f`. */
  readonly kept: readonly string[];
}

/** What to do, in order, when a machine takes the place of another: Markdown for a person. `steps`: its distribution's part, else that of any Kubernetes. */
export function replaceRunbook(node: ReplacedNode, facts: ReplaceFacts, steps: ReplaceSteps = plain(node)): string {
  const all = [
    lookAtInventory(node, facts),
    ...steps.before.map(written),
    putIn(node, steps),
    ...steps.after.map(written),
    watch(node, facts, steps),
  ];
  return [
    `# Replace ${node.from} by ${node.to}`,
    '',
    [whatDies(facts), ...sentence(steps.loses), ...sentence(steps.where)].join(' '),
    '',
    ...all.map((step, i) => `${i + 1}. ${step}`),
    '',
  ].join('\n');
}

function plain({ from }: ReplacedNode): ReplaceSteps {
  return {
    kubectl: 'kubectl',
    before: [
      {
        text: 'If the old machine still answers, empty it, then switch it off for good. Delete its node object.',
        commands: [
          `kubectl drain ${from} --ignore-daemonsets --delete-emptydir-data --timeout=10m`,
          `kubectl delete node ${from}`,
        ],
      },
    ],
    after: [],
  };
}

function whatDies({ claims }: ReplaceFacts): string {
  const names = [...claims].sort();
  return names.length === 0
    ? 'No workload keeps a volume on its disk.'
    : `Volumes on its disk die with it. Look which of these are there, and save what you need: ${names.join(', ')}.`;
}

function lookAtInventory({ to }: ReplacedNode, { kept }: ReplaceFacts): string {
  const old =
    kept.length === 0
      ? ''
      : ` The row still says ${kept.join(' and ')}: right if the machine stays and only its disk is new, else write those of the new machine.`;
  return `Commit the changed inventory, synthesize, and deliver: from then on ${to} is expected.${old}`;
}

function putIn({ site, slot, to }: ReplacedNode, { kit }: ReplaceSteps): string {
  return written({
    text: `Make the kit for ${to}, which the new machine at ${slot} starts with: its README.txt says where the image looks for it. The old one does not fit: it has the old name.`,
    commands: [`edgecdk export ${site} --node ${to} --to <medium> --secrets <folder> --strict`],
    note: kit,
  });
}

function watch({ to, from }: ReplacedNode, { claims }: ReplaceFacts, { kubectl }: ReplaceSteps): string {
  const ready = written({
    text: 'Wait until it is ready.',
    commands: [`${kubectl} wait --for=condition=Ready node/${to} --timeout=30m`],
  });
  if (claims.length === 0) return ready;
  const volumes = written({
    text: `Claims that were bound to ${from} keep their pods waiting, since the volume names that node. Where the data is gone or saved, delete the claim and its pod, and a new volume is made.`,
    commands: [`${kubectl} get pv -o wide`, `${kubectl} get pods -A --field-selector=status.phase=Pending`],
  });
  return `${ready}\n\n   ${volumes}`;
}

function written({ text, commands = [], note }: ReplaceStep): string {
  return [
    text,
    ...(commands.length > 0 ? [['   ```sh', ...commands.map((line) => `   ${line}`), '   ```'].join('\n')] : []),
    ...sentence(note).map((more) => `   ${more}`),
  ].join('\n\n');
}

function sentence(text: string | undefined): string[] {
  return text === undefined ? [] : [text];
}
