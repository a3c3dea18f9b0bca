import { manifestsFolder } from '../../model/folders';
import type { KubeEdgeJoinModel } from '../../model/kubeedge-cluster-model';
import type { ReplacedNode, ReplaceStep, ReplaceSteps } from '../../model/replaced-node';
import { CERTIFICATE_FILES } from './node/secrets';

/** What KubeEdge asks of people when a machine takes the place of another: its cluster is in the cloud, and knows nodes by their certificates. */
export function kubeEdgeReplaceSteps(node: ReplacedNode, { machines }: KubeEdgeJoinModel): ReplaceSteps {
  const { edgeMesh, enrolment, id, path } = machines.cloud;
  const { from, site, to } = node;
  return {
    kubectl: 'kubectl',
    where: `Commands of the cluster are run on that in the cloud (${path}).`,
    before: [
      {
        text: 'If the old machine still answers, empty it. Then switch it off for good, and wipe its disk: until its certificate ends, whoever has it is that node.',
        commands: [`kubectl drain ${from} --ignore-daemonsets --delete-emptydir-data --timeout=10m`],
      },
      {
        text: 'Delete its node object. Its pods go with it; what is to run at the site waits for the new node.',
        commands: [`kubectl delete node ${from}`],
      },
      ...(enrolment.kind === 'preissued' ? [certificate(node, enrolment.secret)] : []),
      {
        text: `In the folder of the assembly, apply what ${site} adds to the cluster, unless your delivery does: devices of ${from} are those of ${to} from then on.`,
        commands: [`kubectl apply --server-side -f ${manifestsFolder(site, id)}`],
        note: 'There is no such folder where the site has nothing of its own: then there is nothing to be done.',
      },
      ...(edgeMesh?.relays.some((relay) => relay.node === from)
        ? [
            {
              text: `${from} is a relay of EdgeMesh: write ${to} into \`relays\` in the program, and synthesize once more.`,
            },
          ]
        : []),
    ],
    ...(enrolment.kind === 'token' && {
      kit: 'It asks for a token of the cluster by its own command: the credential of that command must know the new name.',
    }),
    after: [],
  };
}

function certificate({ from, site, to }: ReplacedNode, secret: string): ReplaceStep {
  return {
    text: `Have a certificate made for the new node, of the subject CN=system:node:${to}, O=system:nodes, by the authority of cloudcore. ${CERTIFICATE_FILES.join(', ')} go into this folder of yours, and those of ${from} out of it.`,
    commands: [`mkdir -p secrets/${site}/${to}/${secret}`],
  };
}
