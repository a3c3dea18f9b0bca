import { KUBEEDGE_RUNTIMES } from '../../catalog/kubeedge-runtimes';
import { mustBeOnMachine } from '../../catalog/runtimes';
import type { KitWords } from '../../model/kit-words';
import type { KubeEdgeNodeInput } from '../../model/kubeedge-node-input';
import { loadImages } from '../../render/node/runtimes/load-images';

/** What the sheet of a kit says of KubeEdge: what its nodes run is in the cluster in the cloud, and not on a kit. */
export function kubeEdgeKitWords({ runtime }: Pick<KubeEdgeNodeInput, 'runtime'>): KitWords {
  return { title: 'edgecore', importImages: loadImages(runtime), onImage: mustBeOnMachine(KUBEEDGE_RUNTIMES[runtime]) };
}
