import type { CLOUDCORE_KEYS } from '../../../catalog/kubeedge-cloud';
import { switchesOf } from '../../../catalog/kubeedge-features';
import { nested, type Tree } from '../../../model/dotted-paths';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import { authorizes } from './authorization';
import { featuresOf } from './features-of';

type CloudcoreValues = { readonly [Key in keyof typeof CLOUDCORE_KEYS]?: unknown };

/**
 * `cloudcore.yaml`, with every number as cloudcore wants it for its number of nodes: where one is not, it changes it and writes the whole file back into
 * its ConfigMap, and whoever applied that sees a drift for ever.
 *
 * @see kubeedge/kubeedge, componentconfig/cloudcore/v1alpha1/default.go, AdjustCloudCoreConfig
 */
export function cloudcoreConfig(cluster: KubeEdgeClusterModel): Tree {
  const { nodeLimit } = cluster;
  const { cloud } = switchesOf(featuresOf(cluster));
  const isAuthorized = authorizes(cluster);
  const values: CloudcoreValues = {
    'featureGates.requireAuthorization': cloud.requireAuthorization,
    'kubeAPIConfig.burst': 10 * nodeLimit,
    'kubeAPIConfig.kubeConfig': '',
    'kubeAPIConfig.master': '',
    'kubeAPIConfig.qps': 5 * nodeLimit,
    'modules.cloudHub.advertiseAddress': cluster.advertiseAddress,
    // Without it, who has one certificate may call itself any node and read any secret; with `debug` it only complains.
    'modules.cloudHub.authorization.debug': !isAuthorized,
    'modules.cloudHub.authorization.enable': isAuthorized,
    'modules.cloudHub.authorization.modes': [{ node: { enable: true } }],
    'modules.cloudHub.dnsNames': cluster.dnsNames,
    'modules.cloudHub.edgeCertSigningDuration': 365,
    'modules.cloudHub.https.address': '0.0.0.0',
    'modules.cloudHub.https.enable': true,
    'modules.cloudHub.https.port': 10002,
    'modules.cloudHub.keepaliveInterval': 30,
    'modules.cloudHub.nodeLimit': nodeLimit,
    // Its address and port are looked at though it is off.
    'modules.cloudHub.quic.address': '0.0.0.0',
    'modules.cloudHub.quic.enable': cluster.protocol === 'quic',
    'modules.cloudHub.quic.maxIncomingStreams': 10000,
    'modules.cloudHub.quic.port': 10001,
    'modules.cloudHub.tlsCAFile': '/etc/kubeedge/ca/rootCA.crt',
    'modules.cloudHub.tlsCertFile': '/etc/kubeedge/certs/edge.crt',
    'modules.cloudHub.tlsPrivateKeyFile': '/etc/kubeedge/certs/edge.key',
    'modules.cloudHub.tokenRefreshDuration': 12,
    'modules.cloudHub.unixsocket.address': 'unix:///var/lib/kubeedge/kubeedge.sock',
    'modules.cloudHub.unixsocket.enable': true,
    'modules.cloudHub.websocket.address': '0.0.0.0',
    'modules.cloudHub.websocket.enable': cluster.protocol === 'websocket',
    'modules.cloudHub.websocket.port': 10000,
    'modules.cloudStream.enable': cloud.cloudStream,
    'modules.cloudStream.streamPort': 10003,
    'modules.cloudStream.tunnelPort': 10004,
    'modules.dynamicController.enable': cloud.dynamicController,
    'modules.edgeController.buffer.createLease': 1024 + nodeLimit,
    'modules.edgeController.buffer.patchNode': 1024 + Math.floor(nodeLimit / 2),
    'modules.edgeController.buffer.queryNode': 1024 + nodeLimit,
    'modules.edgeController.load.createLeaseWorkers': nodeLimit,
    'modules.edgeController.load.patchNodeWorkers': 100 + Math.floor(nodeLimit / 50),
    'modules.edgeController.load.queryNodeWorkers': nodeLimit,
    'modules.edgeController.nodeUpdateFrequency': 10,
    'modules.iptablesManager.enable': cloud.iptablesManager,
    'modules.iptablesManager.mode': 'external',
    'modules.router.enable': cloud.router,
    'modules.taskManager.enable': cloud.taskManager,
  };
  return { apiVersion: 'cloudcore.config.kubeedge.io/v1alpha2', kind: 'CloudCore', ...nested(values) };
}
