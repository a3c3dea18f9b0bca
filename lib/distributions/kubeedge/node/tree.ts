import type { KubeEdgeNodeInput } from '../../../model/kubeedge-node-input';
import type { DialledAddress, NodeTree } from '../../../model/node-tree';
import { bootFiles } from '../../../render/node/boot';
import { byPath } from '../../../render/node/node-file';
import { quietHourFiles } from '../../../render/node/quiet-hour';
import { siteMirrorPaths } from '../../../render/node/runtimes/mirrors';
import { settingsOf } from '../../../render/node/script/settings';
import { secretSourceFiles } from '../../../render/node/secret-source';
import { kubeEdgeKitWords } from '../kit-words';
import { kubeEdgeApplyScript } from './apply-script';
import { beforeEdgecoreFiles } from './before-edgecore';
import { edgecoreFiles } from './edgecore-config';
import { kubeEdgeHostFiles, runtimeFiles, socketOf } from './host';
import { kubeEdgeSecretUses } from './secrets';
import { printKubeEdgeSettings } from './settings';
import { edgecoreUnitFiles, runtimeUnits } from './unit';

/** What stands on the disk of every edge node, but for what a node has of its own. */
export function kubeEdgeTree(input: KubeEdgeNodeInput): NodeTree {
  const files = [
    ...edgecoreFiles(input),
    ...edgecoreUnitFiles(input),
    ...beforeEdgecoreFiles(input),
    ...kubeEdgeHostFiles(input),
    ...secretSourceFiles(input),
    // edgecore renews its certificates while it runs, and owes nothing of its own.
    ...quietHourFiles(),
    ...bootFiles(),
  ];
  return {
    role: 'agent',
    distribution: 'kubeedge',
    version: input.cluster.version,
    files: byPath(files),
    settings: settings(input),
    script: kubeEdgeApplyScript(),
    secrets: kubeEdgeSecretUses(input),
    // It dials, and is never dialled.
    ports: [],
    dials: dialled(input),
    kit: kubeEdgeKitWords(input),
  };
}

/** What cloudcore answers at. Without its own ports, a firewall lets a site's machines out to these alone. */
function dialled({ cluster }: KubeEdgeNodeInput): DialledAddress[] {
  const { features, ports, protocol } = cluster;
  const host = cluster.host.includes(':') ? `[${cluster.host}]` : cluster.host;
  const hub = protocol === 'quic' ? `${ports.quic}/udp` : `${ports.websocket}/tcp`;
  return [
    { address: `${host}:${hub}`, purpose: 'all that comes from the cloud and goes there' },
    { address: `${host}:${ports.https}/tcp`, purpose: 'certificates' },
    ...(features.includes('logs') ? [{ address: `${host}:${ports.tunnel}/tcp`, purpose: 'logs and exec' }] : []),
  ];
}

function settings(input: KubeEdgeNodeInput): string {
  const { artifacts, cluster, runtime } = input;
  const ownMirrors = siteMirrorPaths(runtime, cluster);
  return printKubeEdgeSettings({
    ...settingsOf(input, 'agent', kubeEdgeSecretUses(input)),
    identityFiles: ownMirrors,
    version: cluster.version,
    cniBaseUrl: input.cniBaseUrl,
    edgecoreSha256: artifacts.edgecoreSha256,
    keadmSha256: artifacts.keadmSha256,
    cniVersion: artifacts.cniVersion,
    cniSha256: artifacts.cniSha256,
    runtimeUnits: runtimeUnits(runtime),
    runtimeSocket: socketOf(runtime),
    runtimeFiles: runtimeFiles(input)
      // Read anew for each pull.
      .filter(({ effect }) => effect === 'restart')
      .map(({ path }) => path)
      .concat(runtime === 'containerd' ? [] : ownMirrors),
  });
}
