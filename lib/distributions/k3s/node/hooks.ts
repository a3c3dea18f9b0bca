import { kubeletIsWell } from '../../../render/node/script/health';
import type { ScriptHooks } from '../../../render/node/script/script-parts';
import { shellText } from '../../../render/node/script/shell-text';

/** What of the steps of all distributions is K3s's own. */
export const K3S_HOOKS: ScriptHooks = {
  check_own_settings: shellText`
check_own_settings() {
  case $ROLE in server) needed=DATASTORE ;; *) needed=SERVER_URL ;; esac
  [ "$INSTALL" = preloaded ] || needed="$needed BASE_URL"
  [ "$ROLE" != server ] || [ "$DATASTORE" != etcd ] || [ "$SERVERS" = 1 ] || needed="$needed RANK GENERATION PEERS"
}
`,

  find_architecture: shellText`
# K3s calls one architecture by several names.
find_architecture() {
  case $(uname -m) in
    x86_64) binary=k3s images=k3s-airgap-images-amd64.tar.zst
      binary_sha=$BINARY_SHA256_AMD64 images_sha=$IMAGES_SHA256_AMD64 ;;
    aarch64 | arm64) binary=k3s-arm64 images=k3s-airgap-images-arm64.tar.zst
      binary_sha=$BINARY_SHA256_ARM64 images_sha=$IMAGES_SHA256_ARM64 ;;
    armv7l | armv8l) binary=k3s-armhf images=k3s-airgap-images-arm.tar.zst
      binary_sha=$BINARY_SHA256_ARM images_sha=$IMAGES_SHA256_ARM ;;
    armv6l) refuse 'K3s does not run on ARMv6 (its binary for armhf needs ARMv7)' ;;
    *) refuse "K3s is not released for $(uname -m)" ;;
  esac
  [ -n "$binary_sha" ] || refuse "this tree has no K3s for $(uname -m): is it another machine's?"
}
`,

  check_tools: shellText`
check_tools() {
  if has getenforce && [ "$(getenforce)" = Enforcing ] && ! rpm -q k3s-selinux > /dev/null 2>&1; then
    refuse 'SELinux is enforcing and the package k3s-selinux is not installed; install it first'
  fi
  if [ "$ROLE" = agent ] || [ "$SERVERS" != 1 ] || [ "$INSTALL" != preloaded ]; then
    has curl || has wget || refuse 'this machine has neither curl nor wget, and cannot ask for servers; install one'
  fi
}
`,

  compare_version: shellText`
compare_version() {
  mend_version=
  [ -x "$k3s" ] || return 0
  if ! found=$("$k3s" --version); then
    [ -s "$state/binary" ] || refuse "$k3s does not run here; remove it, and the next run installs $K3S_VERSION"
    read -r mend_version mend_sha < "$state/binary"
    say "$k3s does not run any more; $mend_version, which was healthy here, is fetched again"
    found="k3s version $mend_version"
  fi
  # k3s version v1.33.4+k3s1 (9d8f75a0)
  found=\${found#k3s version }
  found=\${found%%[ "$newline"]*}
  split_version "$found"
  found_major=$major
  found_minor=$minor
  split_version "$K3S_VERSION"
  distance=$((minor - found_minor))
  if [ "$major" != "$found_major" ] || [ "$distance" -gt 1 ] || [ "$distance" -lt -1 ]; then
    refuse "K3s $found is installed and this tree is for $K3S_VERSION: no minor may be skipped, in either direction"
  fi
  [ "$found" = "$K3S_VERSION" ] || say "K3s $found stays, where the tree says $K3S_VERSION: only an upgrade plan replaces it"
}

split_version() {
  case $1 in v[0-9]*.[0-9]*.[0-9]*) ;; *) refuse "'$1' is no version of K3s" ;; esac
  major=\${1#v}
  minor=\${major#*.}
  major=\${major%%.*}
  minor=\${minor%%.*}
}
`,

  compare_data: shellText`
# K3s goes on with the database that it finds, whatever its configuration says.
compare_data() {
  [ "$ROLE" = server ] || return 0
  if [ "$DATASTORE" = etcd ] && [ -f "$k3s_data/server/db/state.db" ] && ! has_etcd; then
    refuse 'this server has a SQLite database, and the tree is for etcd: re-provision it'
  fi
  if [ "$DATASTORE" != etcd ] && has_etcd; then
    refuse "this server has an etcd database, and the tree is for $DATASTORE: re-provision it"
  fi
}
`,

  compare_beginning: shellText`
# What a cluster begins with must be the same on all its servers, and they read it one after the other.
compare_beginning() {
  [ "$ROLE" = server ] && [ "\${SERVERS:-1}" != 1 ] || return 0
  while IFS=$tab read -r mode owner sha effect path; do
    case $effect:$path in once:/etc/rancher/*) ;; *) continue ;; esac
    [ -e "$root$path" ] ||
      refuse "$path counts from the beginning of a cluster, and the servers of this one live without it:" \
        'take it back, as for secretsEncryption and hardening, or have the site begin anew with it'
  done << END
$wanted_lines
END
}
`,

  // A database, or a cluster that was joined.
  has_begun: shellText`
has_begun() { [ -s "$state/applied" ] || [ -d "$k3s_data/server/db" ]; }
`,

  is_healthy: shellText`
# A server runs a kubelet too: with a wrong argument it takes K3s down a little after the API was ready.
is_healthy() {
  systemctl is-active --quiet "$unit" || return 1
  if [ "$ROLE" = server ]; then
    "$k3s" kubectl get --raw /readyz --request-timeout=10s > /dev/null 2>&1 || return 1
  fi
  kubelet_is_well
}

${kubeletIsWell(10248)}
`,
};
