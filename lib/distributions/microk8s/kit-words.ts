import type { KitWords } from '../../model/kit-words';
import { loadEach } from '../../render/node/runtimes/load-images';

/** What the sheet of a kit says of MicroK8s. Its servers share what is applied on one of them; without `--server-side`, files of node trees are too large. */
export const MICROK8S_KIT_WORDS: KitWords = {
  title: 'MicroK8s',
  applyManifests:
    'sudo microk8s kubectl apply --server-side -f edgecdk/manifests (on one server, and again where it says "no matches for kind")',
  importImages: loadEach('microk8s ctr image import'),
};
