import type { KubeEdgeNodeInput, KubeEdgeNodeTree } from '../../../model/kubeedge-node-input';
import { bootFiles } from '../../../render/node/boot';
import { byPath } from '../../../render/node/node-file';
import { secretSourceFiles } from '../../../render/node/secret-source';
import { secretFiles } from '../../k3s/node/secrets';
import { beforeEdgecoreFiles } from './before-edgecore';
import { clockNotAfter } from './clock';
import { edgecoreFiles } from './edgecore-config';
import { hostFiles, runtimeFiles, socketOf } from './host';
import { quietHourFiles } from './quiet-hour';
import { kubeEdgeSecretUses } from './secrets';
import { printKubeEdgeSettings } from './settings';
import { edgecoreUnitFiles, runtimeUnits } from './unit';

/** What stands on the disk of every edge node, but for what a node has of its own. */
export function kubeEdgeTree(input: KubeEdgeNodeInput): KubeEdgeNodeTree {
  const files = [
    ...edgecoreFiles(input),
    ...edgecoreUnitFiles(input),
    ...beforeEdgecoreFiles(input),
    ...hostFiles(input),
    ...secretSourceFiles({ secretsFrom: input.secretsFrom } as Parameters<typeof secretSourceFiles>[0]),
    ...quietHourFiles(),
    ...bootFiles(),
  ];
  return {
    role: 'agent',
    distribution: 'kubeedge',
    version: input.cluster.version,
    files: byPath(files),
    settings: settingsOf(input),
    secrets: kubeEdgeSecretUses(input),
  };
}

function settingsOf(input: KubeEdgeNodeInput): string {
  const { artifacts, cluster, install, operatingSystem, runtime } = input;
  return printKubeEdgeSettings({
    version: cluster.version,
    install: install.mode,
    baseUrl: install.mode === 'preloaded' ? undefined : install.baseUrl,
    cniBaseUrl: input.cniBaseUrl,
    mediumLabel: install.mediumLabel,
    edgecoreSha256: artifacts.edgecoreSha256,
    keadmSha256: artifacts.keadmSha256,
    cniVersion: artifacts.cniVersion,
    cniSha256: artifacts.cniSha256,
    runtimeUnits: runtimeUnits(runtime),
    runtimeSocket: socketOf(runtime),
    runtimeFiles: runtimeFiles(input)
      // Read anew for each pull.
      .filter(({ effect }) => effect === 'restart')
      .map(({ path }) => path),
    kernelArguments: operatingSystem.kernelArguments,
    cmdlinePaths: operatingSystem.kernelArguments.length > 0 ? operatingSystem.cmdlinePaths : undefined,
    dataMount: input.dataMount,
    secrets: secretFiles(kubeEdgeSecretUses(input)),
    clockNotBefore: artifacts.lockedOn,
    clockNotAfter: clockNotAfter(artifacts.lockedOn),
  });
}
