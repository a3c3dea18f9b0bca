import { nested, type Tree } from '../../../model/dotted-paths';
import type { KubeObject } from '../../../model/kube-object';
import type { EdgeMeshModel, KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';

/**
 * What EdgeMesh needs, all of it set by the one switch: (1) cloudcore's dynamicController, (2) the metaServer of each node, (3) its address as the DNS of
 * the kubelet, (4) a label that keeps the Service `kubernetes` out of it, (5) a key and relays, (6) the agents' authorisation where the metaServer asks for it.
 */
export function edgeMeshValues(cluster: KubeEdgeClusterModel, mesh: EdgeMeshModel): Tree {
  const authorised = cluster.features.includes('inClusterConfig');
  return nested({
    'agent.relayNodes': mesh.relays.map(({ node, addresses }) => ({ nodeName: node, advertiseAddress: addresses })),
    ...(authorised && {
      'agent.kubeAPIConfig.metaServer.security.requireAuthorization': true,
      'agent.kubeAPIConfig.metaServer.security.insecureSkipTLSVerify': true,
    }),
  });
}

/** Pods that ask for `kubernetes` must reach the metaServer, and not the API server through EdgeMesh. */
export function edgeMeshPatches({ edgeMesh }: KubeEdgeClusterModel): KubeObject[] {
  if (edgeMesh === undefined) return [];
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'kubernetes',
        namespace: 'default',
        labels: { 'service.edgemesh.kubeedge.io/service-proxy-name': '' },
      },
    },
  ];
}

export function edgeMeshRefusals({ edgeMesh, cloudDaemonSets }: KubeEdgeClusterModel): string[] {
  if (edgeMesh === undefined) return [];
  return [
    ...(edgeMesh.relays.length === 0
      ? ['EdgeMesh needs a relay: name a node that all others reach, with its addresses']
      : []),
    ...edgeMesh.relays
      .filter(({ addresses }) => addresses.length === 0)
      .map(({ node }) => `the relay '${node}' of EdgeMesh needs an address that other nodes reach it at`),
    ...(cloudDaemonSets.some(({ name }) => name === 'kube-proxy')
      ? []
      : [
          'EdgeMesh and kube-proxy cannot be on one node; name kube-proxy among the DaemonSets that are kept off edge nodes',
        ]),
  ];
}
