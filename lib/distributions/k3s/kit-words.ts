import { K3S_RUNTIMES } from '../../catalog/k3s-runtimes';
import { mustBeOnMachine } from '../../catalog/runtimes';
import type { K3sNodeInput } from '../../model/k3s-node-input';
import type { KitWords } from '../../model/kit-words';
import { loadImages } from '../../render/node/runtimes/load-images';
import { hasOwnContainerd, runtimeOf } from './node/runtime';

/** What the sheet of a kit says of K3s. Archives in its folder are for its own containerd alone. */
export function k3sKitWords(input: Pick<K3sNodeInput, 'runtime'>): KitWords {
  return {
    title: 'K3s',
    applyManifests: 'sudo install -m 600 -t /var/lib/rancher/k3s/server/manifests edgecdk/manifests/*.yaml',
    importImages: hasOwnContainerd(input)
      ? 'sudo install -D -m 600 -t /var/lib/rancher/k3s/agent/images artifacts/images/* (and restart the machine)'
      : loadImages(runtimeOf(input)),
    onImage: mustBeOnMachine(K3S_RUNTIMES[runtimeOf(input)]),
  };
}
