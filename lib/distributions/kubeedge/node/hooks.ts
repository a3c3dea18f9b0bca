import { kubeletIsWell } from '../../../render/node/script/health';
import type { ScriptHooks } from '../../../render/node/script/script-parts';
import { shellText } from '../../../render/node/script/shell-text';

/** What of the steps of all distributions is KubeEdge's own. */
export const KUBEEDGE_HOOKS: ScriptHooks = {
  check_own_settings: shellText`
check_own_settings() {
  [ "$ROLE" = agent ] || refuse "unknown ROLE '$ROLE'"
  needed='SITE SITE_GROUP'
  [ "$INSTALL" = preloaded ] || needed="$needed BASE_URL"
}
`,

  find_architecture: shellText`
find_architecture() {
  case $(uname -m) in
    x86_64) arch=amd64 edgecore_sha=$EDGECORE_SHA256_AMD64 keadm_sha=$KEADM_SHA256_AMD64 cni_sha=$CNI_SHA256_AMD64 ;;
    aarch64 | arm64) arch=arm64 edgecore_sha=$EDGECORE_SHA256_ARM64 keadm_sha=$KEADM_SHA256_ARM64 cni_sha=$CNI_SHA256_ARM64 ;;
    armv7l | armv8l) arch=arm edgecore_sha=$EDGECORE_SHA256_ARM keadm_sha=$KEADM_SHA256_ARM cni_sha=$CNI_SHA256_ARM ;;
    *) refuse "KubeEdge is not released for $(uname -m)" ;;
  esac
  for sum in "$edgecore_sha" "$keadm_sha" "$cni_sha"; do
    [ -n "$sum" ] || refuse "this tree has no KubeEdge for $(uname -m): is it another machine's?"
  done
}
`,

  check_tools: shellText`
check_tools() {
  for tool in tar awk base64 od; do
    has "$tool" || refuse "this machine has no $tool"
  done
  [ "$INSTALL" = preloaded ] || has curl || has wget || refuse 'this machine has neither curl nor wget; install one'
}
`,

  compare_version: shellText`
compare_version() {
  [ -x "$edgecore" ] || return 0
  found=$("$edgecore" --version) || refuse "$edgecore does not run here; remove it, and the next run installs $KUBEEDGE_VERSION"
  found=\${found#KubeEdge }
  [ "$found" = "$KUBEEDGE_VERSION" ] ||
    say "KubeEdge $found stays, where the tree says $KUBEEDGE_VERSION: only a NodeUpgradeJob replaces it"
}
`,

  // The control plane and its data are elsewhere.
  compare_data: 'compare_data() { :; }',
  compare_beginning: 'compare_beginning() { :; }',

  has_begun: 'has_begun() { [ -s "$state/applied" ]; }',

  // Not whether the cloud answers: a node lives without it, and a tree that is brought while the link is down is none the worse.
  is_healthy: shellText`
is_healthy() { systemctl is-active --quiet "$unit" && kubelet_is_well; }

${kubeletIsWell(10350)}
`,
};
