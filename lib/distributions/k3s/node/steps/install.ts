import { type Step, shellText } from '../../../../render/node/script/shell-text';

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
  tree_url=$BASE_URL
  case $BASE_URL in
    *"%2B\${K3S_VERSION#*+}") BASE_URL=\${BASE_URL%/*}/\${mend_version%+*}%2B\${mend_version#*+} ;;
    */"$K3S_VERSION") BASE_URL=\${BASE_URL%/*}/$mend_version ;;
  esac
  release=$mend_version
  fetch "$binary" "$mend_sha" "$k3s" 0755 container_runtime_exec_t
  release=$K3S_VERSION
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
`,
};
