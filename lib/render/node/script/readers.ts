import { type Step, shellText } from './shell-text';

/** What a file asks for beside its effect: that whoever read it reads it again. */
export const TELL_READERS: Step = {
  name: 'tell_readers',
  title: 'have systemd and its services read again what changed of theirs',
  text: shellText`
# readers_of PATH: sets readers to what must hear of a change of it. "units" is systemd itself; all else is a unit that
# is restarted. Each is on record (pending/read.READER) before the change, so that a run that is cut short forgets none.
readers_of() {
  case $1 in
    /etc/systemd/system/*.timer) readers="units \${1##*/}" ;;
    /etc/systemd/system/*.timer.d/*)
      readers=\${1%.d/*}
      readers="units \${readers##*/}"
      ;;
    /etc/systemd/system/*) readers=units ;;
    /etc/systemd/journald.conf.d/*) readers=systemd-journald.service ;;
    /etc/systemd/timesyncd.conf.d/*) readers=systemd-timesyncd.service ;;
    /etc/chrony/conf.d/* | /etc/chrony.d/*) readers=chronyd.service ;;
    /etc/sysctl.d/*) readers=systemd-sysctl.service ;;
    /etc/modules-load.d/*) readers=systemd-modules-load.service ;;
    *) readers= ;;
  esac
}

# None of them is worth a machine without Kubernetes: what cannot be told is said, and the next boot tells it anyway.
tell_readers() {
  set -- "$state/pending"/read.*
  [ -e "$1" ] || return 0
  [ ! -f "$state/pending/read.units" ] || systemctl daemon-reload || say 'systemd did not read its units again'
  for record; do
    reader=\${record##*/read.}
    verb=restart
    case $reader in
      units | *.part) continue ;;
      # Armed for another hour, or, where it left with its tree, not at all.
      *.timer) [ -f "$root/etc/systemd/system/$reader" ] || verb=stop ;;
    esac
    systemctl "$verb" "$reader" || say "$reader did not $verb: it goes by what it read before"
  done
  rm -f "$@"
}
`,
};
