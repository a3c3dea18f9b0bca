import type { KitWords } from '../../model/kit-words';
import { loadEach } from '../../render/node/runtimes/load-images';

/**
 * What the sheet of a kit says of MicroK8s. Its servers share what is applied on one of them. Without `--server-side`, files of node trees are too large; the
 * field manager is that of `install.sh` on a stick, so that an object loses what it lost, whichever of the two brings it.
 */
export const MICROK8S_KIT_WORDS: KitWords = {
  title: 'MicroK8s',
  applyManifests:
    'sudo microk8s kubectl apply --server-side --field-manager=edgecdk --force-conflicts -f edgecdk/manifests (on one server, and again where it says "no matches for kind")',
  importImages: loadEach('microk8s ctr image import'),
};
