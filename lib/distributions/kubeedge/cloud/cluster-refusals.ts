import { DISTRIBUTION_RULES } from '../../../catalog/distribution-rules';
import { kubeEdgeVersionFindings } from '../../../catalog/kubeedge';
import { KUBEEDGE_SCALE } from '../../../catalog/kubeedge-overheads';
import { isIpAddress } from '../../../model/ip-address';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import { error, type Problem, warning } from '../../../model/problem';
import { beyondAuthorization } from './authorization';
import { edgeMeshRefusals } from './edge-mesh';
import { featuresOf } from './features-of';

/** What is wrong with a description of the cloud part. `nodes` are all nodes of all sites that join. */
export function cloudProblems(cluster: KubeEdgeClusterModel, nodes: number): Problem[] {
  const { path } = cluster;
  return [
    ...kubeEdgeVersionFindings(cluster.version, cluster.kubernetes).map(({ severity, message }) =>
      severity === 'error' ? error(path, message) : warning(path, message),
    ),
    ...[
      ...addressRefusals(cluster),
      ...limitRefusals(cluster, nodes),
      ...edgeMeshRefusals(cluster),
      ...enrolmentRefusals(cluster),
    ].map((message) => error(path, message)),
    ...brokerWarnings(cluster).map((message) => warning(path, message)),
    ...authorizationWarning(cluster),
  ];
}

/** Who has the disk of one machine could speak for all. */
function authorizationWarning(cluster: KubeEdgeClusterModel): Problem[] {
  const features = beyondAuthorization(cluster);
  if (features.length === 0) return [];
  return [
    warning(
      cluster.path,
      `has the feature ${features.join(' and ')}, with which cloudcore cannot hold a node to the name in its certificate: who takes one from a machine can read every Secret of the cluster, and speak as any node; do without, or acknowledge it and keep nothing else in this cluster`,
      { rule: DISTRIBUTION_RULES.kubeEdgeAuthorization },
    ),
  ];
}

/** Of names and addresses that nodes dial: cloudcore's certificate is made of them when it starts for the first time, and kept for a hundred years. */
function addressRefusals({ advertiseAddress, dnsNames, protocol, exposure }: KubeEdgeClusterModel): string[] {
  const frozen = 'cloudcore makes its certificate of it once';
  return [
    ...(advertiseAddress.length === 0
      ? [`cloudcore needs an address that nodes reach it at, an IP address; ${frozen}`]
      : []),
    ...advertiseAddress
      .filter((address) => !isIpAddress(address))
      .map(
        (address) =>
          `the advertised address '${address}' is no IP address; give one, and put names into dnsNames; ${frozen}`,
      ),
    ...dnsNames
      .filter(
        (name) =>
          !/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name) ||
          isIpAddress(name),
      )
      .map((name) => `'${name}' in dnsNames is no DNS name; addresses belong into advertiseAddress`),
    ...(protocol === 'quic' && exposure === 'load-balancer'
      ? [
          'QUIC is UDP, which the Service of the chart does not hand through a load balancer together with TCP; take websocket',
        ]
      : []),
  ];
}

/** Cloudcores do not share nodes evenly, and where one dies the others take all of its nodes. */
function limitRefusals({ nodeLimit, cloudcores, exposure }: KubeEdgeClusterModel, nodes: number): string[] {
  const remaining = Math.max(1, cloudcores - 1);
  return [
    ...(Number.isInteger(nodeLimit) && nodeLimit > 0
      ? []
      : [`nodeLimit must be a whole number above 0 (found ${nodeLimit})`]),
    ...(Number.isInteger(cloudcores) && cloudcores > 0
      ? []
      : [`cloudcores must be a whole number above 0 (found ${cloudcores})`]),
    ...(nodes > nodeLimit * remaining
      ? [
          `${nodes} nodes join, and ${remaining} cloudcore${remaining > 1 ? 's' : ''} ${cloudcores > 1 ? 'that remain when one is lost ' : ''}take ${nodeLimit * remaining}; nodes above nodeLimit are turned away: raise nodeLimit to ${Math.ceil(nodes / remaining)}`,
        ]
      : []),
    ...(nodeLimit > KUBEEDGE_SCALE.nodesPerCloudcore.value
      ? [
          `nodeLimit ${nodeLimit} is above ${KUBEEDGE_SCALE.nodesPerCloudcore.value}, the most that was ever shown (${KUBEEDGE_SCALE.nodesPerCloudcore.source}); take more cloudcores`,
        ]
      : []),
    ...(cloudcores > 1 && exposure === 'node-ports'
      ? [
          'several cloudcores behind node ports share one address in no way that lasts; take a load balancer, or the host network with one in front',
        ]
      : []),
  ];
}

/** In clear, a secret would be in git. */
function enrolmentRefusals({ enrolment }: KubeEdgeClusterModel): string[] {
  if (enrolment.kind === 'preissued')
    return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(enrolment.secret) && !isToken(enrolment.secret)
      ? []
      : [
          "the secret with the certificates must be the name of a folder in /etc/edgecdk/secrets, of letters, digits, '.', '_' and '-' (it is not repeated here, since it may be the secret)",
        ];
  const { argv, seconds } = enrolment;
  return [
    ...(/^\/[^/]/.test(argv[0] ?? '')
      ? []
      : ['the command for a token must be an absolute path, such as /usr/local/bin/edge-token']),
    ...(argv.some((word) => /\p{Cc}/u.test(word))
      ? ['the command for a token has a control character in an argument']
      : []),
    ...(argv.some((word) => isToken(word) || /:\/\/[^/\s]*@/.test(word))
      ? [
          'the command for a token has a secret in an argument, and a node tree is readable by many; the token of a cluster is one for all nodes and lives a day: let the command get it with a credential of the machine',
        ]
      : []),
    ...(Number.isInteger(seconds) && seconds >= 1 && seconds <= 600
      ? []
      : [`the command for a token may take ${seconds} seconds; give it whole seconds, from 1 to 600`]),
  ];
}

/** The form of a token of KubeEdge, plain or as a Secret holds it, and what random generators make. */
export function isToken(text: string): boolean {
  return /^[0-9a-f]{32,}/i.test(text) || /^eyJ/.test(text) || /^[A-Za-z0-9+/]{64,}={0,2}$/.test(text);
}

function brokerWarnings(cluster: KubeEdgeClusterModel): string[] {
  const rules = featuresOf(cluster).includes('rules');
  return cluster.broker.kind === 'none' && rules
    ? [
        'rules from and to MQTT need a broker on the nodes, and there is none; rules between HTTP and HTTP services work',
      ]
    : [];
}
