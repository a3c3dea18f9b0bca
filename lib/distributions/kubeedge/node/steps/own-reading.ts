import { IDENTITY_NAMES } from '../../../../render/node/script/identity';
import { shellText } from '../../../../render/node/script/shell-text';
import { KUBEEDGE_IDENTITY_NAMES } from '../identity';
import { KUBEEDGE_OPTIONAL_SETTINGS, KUBEEDGE_REQUIRED_SETTINGS } from '../settings';

/** Not a step: what stands behind the steps that all distributions share, and takes the place of what is K3s's in them. A later function is the one that counts. */
export const OWN_READING = shellText`
edgecore=$root/usr/local/bin/edgecore
keadm=$root/usr/local/bin/keadm
required_settings='${KUBEEDGE_REQUIRED_SETTINGS.join(' ')}'
optional_settings='${KUBEEDGE_OPTIONAL_SETTINGS.join(' ')}'
identity_names='${[...IDENTITY_NAMES, ...KUBEEDGE_IDENTITY_NAMES].join(' ')}'

check_settings() {
  [ "$FORMAT" = "$format" ] || refuse "the tree has format '$FORMAT'; this script knows $format"
  [ -z "$unknown_settings" ] || refuse "unknown settings:$unknown_settings"
  [ "$ROLE" = agent ] || refuse "unknown ROLE '$ROLE'"
  names="$required_settings NODE_NAME SITE SITE_GROUP"
  [ "$INSTALL" = preloaded ] || names="$names BASE_URL"
  for name in $names; do
    eval "value=\$$name"
    [ -n "$value" ] || refuse "$name is not set, in $tree/settings or in the identity"
  done
  for name in CLOCK_WAIT DOWNLOAD_WAIT RUNTIME_WAIT HEALTH_WAIT GENERATION; do
    eval "value=\$$name"
    case $value in *[!0-9]*) refuse "$name must be a number (found '$value')" ;; esac
  done
  [ -z "$twice" ] || refuse "tree and identity both claim $twice, or one of them does twice"
}

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

check_tools() {
  for tool in tar awk base64 od; do
    has "$tool" || refuse "this machine has no $tool"
  done
  [ "$INSTALL" = preloaded ] || has curl || has wget || refuse 'this machine has neither curl nor wget; install one'
}

# There is no database, and a version that is there stays.
compare_datastore() { :; }
compare_version() {
  [ -x "$edgecore" ] || return 0
  found=$("$edgecore" --version) || refuse "$edgecore does not run here; remove it, and the next run installs $KUBEEDGE_VERSION"
  found=\${found#KubeEdge }
  [ "$found" = "$KUBEEDGE_VERSION" ] ||
    say "KubeEdge $found stays, where the tree says $KUBEEDGE_VERSION: only a NodeUpgradeJob replaces it"
}
`;
