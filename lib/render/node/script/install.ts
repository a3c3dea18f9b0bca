import { type Step, shellText } from './shell-text';

/**
 * No installer. The upstream script would be one more thing to pin, and what it adds to binary and unit (links, a script
 * to uninstall, an environment file that a second run loses) is not wanted here: K3s documents that a binary and a unit
 * are enough, its installer has a mode that leaves both alone, and the unit is an ordinary file of the tree, so that a
 * change of it is seen, reviewed and rolled back like any other.
 *
 * @see K3s documentation, Installation, Air-Gap Install, and Configuration Options
 */
export const INSTALL_K3S: Step = {
  name: 'install_k3s',
  title: 'fetch K3s where there is none, by checksum; a version that is there stays',
  text: shellText`
# Nothing is piped into a shell, and no installer runs: K3s is one binary, and its unit is a file of the tree.
install_k3s() {
  find_architecture
  if [ "$mend_version" != '' ]; then
    mend_k3s
  elif [ ! -x "$k3s" ]; then
    fetch "$binary" "$binary_sha" "$k3s" 0755 container_runtime_exec_t
  fi
  # Images are for the first start alone; later on they come with the upgrade.
  [ -n "$images_sha" ] && [ ! -f "$state/started" ] || return 0
  [ -f "$k3s_data/agent/images/$images" ] || fetch "$images" "$images_sha" "$k3s_data/agent/images/$images" 0644
}

# The release that was healthy here last, and not that of the tree: an upgrade may have gone further, or not so far.
mend_k3s() {
  tree_version=$K3S_VERSION
  tree_url=$BASE_URL
  case $BASE_URL in
    *"%2B\${K3S_VERSION#*+}") BASE_URL=\${BASE_URL%/*}/\${mend_version%+*}%2B\${mend_version#*+} ;;
    */"$K3S_VERSION") BASE_URL=\${BASE_URL%/*}/$mend_version ;;
  esac
  K3S_VERSION=$mend_version
  fetch "$binary" "$mend_sha" "$k3s" 0755 container_runtime_exec_t
  K3S_VERSION=$tree_version
  BASE_URL=$tree_url
  mend_version=
  owe restart
}

# keep_binary: takes note of what is to be fetched again where the binary is damaged, as an upgrade leaves it that loses
# power while it copies.
keep_binary() {
  [ -f "$state/binary" ] && [ -z "$(find "$k3s" -prune -newer "$state/binary")" ] && return 0
  kept=$("$k3s" --version) || return 0
  kept=\${kept#k3s version }
  sum=$(sha256sum < "$k3s")
  put "$state/binary" "\${kept%%[ "$newline"]*} \${sum%% *}"
}

# fetch NAME CHECKSUM FILE MODE [LABEL]: from a folder of artifacts if one has it, else from the network.
fetch() {
  part_of "$3"
  mkdir -p "\${3%/*}"
  if ! holds "$part" "$2"; then
    find_artifact "$1"
    if [ -n "$artifact" ]; then
      rm -f "$part"
      cp "$artifact" "$part"
    elif [ "$INSTALL" = preloaded ]; then
      later "$1 of $K3S_VERSION is nowhere here; plug in its medium, or copy it to /var/lib/edgecdk/artifacts"
    else
      download "$BASE_URL/$1" "$part"
    fi
    if ! holds "$part" "$2"; then
      rm -f "$part"
      later "$1 (\${artifact:-$BASE_URL}) is not what was locked for $K3S_VERSION: its checksum differs"
    fi
  fi
  chown root:root "$part"
  chmod "$4" "$part"
  # A file takes the label of its folder, and systemd may not start that as K3s.
  if [ -n "\${5:-}" ] && has getenforce && [ "$(getenforce)" != Disabled ]; then
    chcon -u system_u -r object_r -t "$5" "$part" || say "$3 could not be labelled for SELinux as $5"
  fi
  sync
  mv -f "$part" "$3"
}

# find_artifact NAME: sets artifact to a file of that name, or to nothing. The medium may be a kit, which has the label
# that cloud-init looks for. Its secrets are for root alone while it is mounted.
find_artifact() {
  artifact=
  medium=$root/run/edgecdk/medium
  for folder in "$artifacts" "$here/../artifacts" "$state/artifacts" "$root/boot/firmware/artifacts" "$root/boot/artifacts"; do
    if [ -n "$folder" ] && [ -z "$artifact" ] && [ -f "$folder/$1" ]; then artifact=$folder/$1; fi
  done
  [ -z "$artifact" ] && [ -n "$MEDIUM_LABEL" ] || return 0
  for label in '' "$MEDIUM_LABEL" EDGECDK CIDATA cidata; do
    device=$root/dev/disk/by-label/$label
    if [ -n "$label" ]; then
      [ -e "$device" ] || continue
      ! mounted /run/edgecdk/medium || umount "$medium" || return 0
      (umask 077 && mkdir -p "$medium" && mount -o ro "$device" "$medium") || say "the medium $label cannot be read"
    fi
    for folder in "$medium/artifacts" "$medium"; do
      if [ -z "$artifact" ] && [ -f "$folder/$1" ]; then artifact=$folder/$1; fi
    done
    [ -z "$artifact" ] || return 0
  done
}

# download URL FILE: goes on where an earlier attempt ended, if the server can do that.
download() {
  code=0
  if has curl; then
    curl -fsSL --retry 3 --connect-timeout 20 --max-time "$DOWNLOAD_WAIT" -C - -o "$2" "$1" || code=$?
    # The server has no such file, or cannot go on in the middle: from the start, next time.
    case $code in 22 | 33 | 36) rm -f "$2" ;; esac
  else
    rm -f "$2"
    wget -q -T 60 -O "$2" "$1" || code=$?
  fi
  [ "$code" = 0 ] || later "$1 does not come (code $code)"
}
`,
};
