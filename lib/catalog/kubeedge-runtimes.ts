import type { ContainerRuntime } from '../model/container-runtime';
import { RUNTIMES, type RuntimePairs } from './runtimes';

/** Keys are those of `tailoredKubeletConfig`. */
export const KUBEEDGE_RUNTIMES: RuntimePairs = {
  containerd: {
    kind: 'keys',
    keys: edgecoreKeys('containerd'),
    onMachine: 'containerd 1.6 or later, with runc',
    note: 'its whole config.toml is written, with its CRI part on',
  },
  'cri-o': {
    kind: 'keys',
    keys: edgecoreKeys('cri-o'),
    onMachine: 'CRI-O, with crun or runc',
    note: 'a file beside its own configuration is written',
  },
  docker: {
    kind: 'keys',
    keys: edgecoreKeys('docker'),
    onMachine: 'Docker Engine, not as a snap, and cri-dockerd with its units cri-docker.service and cri-docker.socket',
    note: 'KubeEdge has had no part for Docker itself since 1.14',
  },
};

function edgecoreKeys(runtime: ContainerRuntime): Readonly<Record<string, string>> {
  const { endpoint, cgroupDriver } = RUNTIMES[runtime];
  return { containerRuntimeEndpoint: endpoint, imageServiceEndpoint: endpoint, cgroupDriver };
}
