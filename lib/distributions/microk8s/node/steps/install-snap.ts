import { type Step, shellText } from '../../../../render/node/script/shell-text';

/** Before the machine restarts, so that a medium may be pulled out by then; and before the installation, which needs all of it. */
export const FETCH_SNAPS: Step = {
  name: 'fetch_snaps',
  title: 'bring snaps, their assertions and images from the medium or the mirror, by checksum',
  text: shellText`
fetch_snaps() {
  find_architecture
  [ "$INSTALL" != online ] || return 0
  sideload=$snap_common/sideload
  if has_snap; then
    wants_move || return 0
    # containerd loads what is there when it starts.
    sideload=$snap_common/etc/sideload
  fi
  for entry in $snaps; do
    split_entry "$entry"
    bring_file "$snap_file.assert" "$assert_sha" "$state/snaps"
    bring_file "$snap_file.snap" "$snap_sha" "$state/snaps"
  done
  [ -z "$images" ] || bring_file "\${images%%:*}" "\${images#*:}" "$sideload"
}

bring_file() { holds "$3/$1" "$2" || fetch "$1" "$2" "$3/$1" 0600; }

# The channel on record, and in it the revision where snaps come as files, is another, and none that came before.
wants_move() {
  recorded=$(first "$state/channel")
  [ -n "$recorded" ] && [ "$recorded" != "$wanted_channel" ] || return 1
  [ "$(minor_of "$wanted_channel")" -ge "$(minor_of "$recorded")" ] || return 1
  case $recorded:$wanted_channel in
    "$CHANNEL "*:*" "*) [ "\${wanted_channel##* }" -ge "\${recorded##* }" ] ;;
  esac
}
`,
};

export const INSTALL_SNAP: Step = {
  name: 'install_snap',
  title: 'write the launch configuration, then install the snap where there is none, and hold it',
  text: shellText`
# The hook that installs it reads the configuration once, and nothing after it can change the networks. A line in
# "installing" tells a run that was cut short from a MicroK8s that somebody else installed.
install_snap() {
  if ! has_snap; then
    compose_launch
    umask 077
    put "$root/etc/microk8s.yaml" "$launch_text"
    umask 022
    put "$state/installing" "$launch_digest"
    sync
    snap wait system seed.loaded || later 'snapd is not ready yet'
    if [ "$INSTALL" = online ]; then
      # shellcheck disable=SC2086 # $classic is one word or none
      snap install microk8s $classic --channel="$CHANNEL" || later "MicroK8s could not be installed from $CHANNEL; see snap changes"
    else
      install_files || later "$not_installed"
    fi
  fi
  if [ -f "$state/installing" ]; then
    cp "$described/launch.undo" "$state/launch.undo.part"
    mv -f "$state/launch.undo.part" "$state/launch.undo"
    put "$state/launched" "$(first "$state/installing")"
    put "$state/names" "$(own_names)"
    put "$state/channel" "$wanted_channel"
    # It read all that was written before.
    rm -f "$state/pending/restart"
    rm -f "$state/installing"
  fi
  [ ! -d "$state/snaps" ] || wants_move || rm -rf "$state/snaps"
  hold_snap
}

# Of a snap that is held, snapd refreshes only what somebody names. From snapd 2.58 on.
hold_snap() {
  snap refresh --hold=forever microk8s > /dev/null ||
    say 'MicroK8s could not be held (snapd before 2.58?): it may move within its channel by itself'
}

# What MicroK8s rests on stays where it is there: it may be newer than ours. Where one fails, not_installed says why.
install_files() {
  for entry in $snaps; do
    split_entry "$entry"
    flags=
    case $snap_name in
      microk8s)
        flags=$classic
        # By a run that was cut short before it could say so.
        [ "$(installed_revision)" != "\${snap_file##*_}" ] || continue
        ;;
      *) ! snap list "$snap_name" > /dev/null 2>&1 || continue ;;
    esac
    not_installed="snapd does not take the assertions of $snap_file"
    snap ack "$state/snaps/$snap_file.assert" || return 1
    not_installed="$snap_file could not be installed; see snap changes"
    # shellcheck disable=SC2086 # $flags is one word or none
    snap install $flags "$state/snaps/$snap_file.snap" || return 1
  done
}
`,
};
