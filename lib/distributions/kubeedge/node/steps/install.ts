import { type Step, shellText } from '../../../../render/node/script/shell-text';

/** No `keadm join`: it wants an image of the network before there is one, and refuses a machine that has anything of KubeEdge. keadm is there for jobs. */
export const INSTALL_KUBEEDGE: Step = {
  name: 'install_kubeedge',
  title: 'fetch edgecore, keadm and the network plug-ins where there are none, by checksum; what is there stays',
  text: shellText`
install_kubeedge() {
  find_architecture
  rm -rf "$state/unpacked"
  [ -x "$edgecore" ] || {
    unpack "kubeedge-$KUBEEDGE_VERSION-linux-$arch.tar.gz" "$edgecore_sha" "$BASE_URL"
    place edgecore "$edgecore"
  }
  [ -x "$keadm" ] || {
    unpack "keadm-$KUBEEDGE_VERSION-linux-$arch.tar.gz" "$keadm_sha" "$BASE_URL"
    place keadm "$keadm"
  }
  plugins=$root/opt/cni/bin
  if [ ! -x "$plugins/bridge" ] || [ ! -x "$plugins/host-local" ] || [ ! -x "$plugins/portmap" ]; then
    unpack "cni-plugins-linux-$arch-$CNI_VERSION.tgz" "$cni_sha" "$CNI_BASE_URL"
    for plugin in loopback host-local portmap bridge; do place "$plugin" "$plugins/$plugin"; done
  fi
  rm -rf "$state/unpacked"
}

# unpack ARCHIVE CHECKSUM URL: into $state/unpacked, from a folder of artifacts if one has it, else from the network.
unpack() {
  archive=$state/unpacked.$1.part
  obtain "$1" "$2" "$3" "$archive"
  rm -rf "$state/unpacked"
  mkdir -p "$state/unpacked"
  tar -xzf "$archive" -C "$state/unpacked" || no_room "$state/unpacked"
  rm -f "$archive"
}

# place NAME FILE: the one file of that name that was unpacked.
place() {
  unpacked=$(find "$state/unpacked" -type f -name "$1" | head -n 1)
  [ -n "$unpacked" ] || refuse "the archive that was locked has no $1"
  part_of "$2"
  mkdir -p "\${2%/*}"
  cp "$unpacked" "$part" || no_room "$2"
  chown root:root "$part"
  chmod 0755 "$part"
  sync
  mv -f "$part" "$2"
}
`,
};
