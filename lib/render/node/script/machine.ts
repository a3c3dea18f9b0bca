import { type Step, shellText } from './shell-text';

export const WAIT_FOR_CLOCK: Step = {
  name: 'wait_for_clock',
  title: 'wait for a plausible clock: certificates are made of its time',
  text: shellText`
wait_for_clock() {
  within "$CLOCK_WAIT" clock_is_plausible ||
    later "the clock says $(date -u +%Y-%m-%d), which cannot be (this tree is of $CLOCK_NOT_BEFORE): waiting for time from the network"
}

clock_is_plausible() {
  today=$(date -u +%Y%m%d)
  [ "$today" -ge "$(without_dashes "$CLOCK_NOT_BEFORE")" ] || return 1
  [ -z "$CLOCK_NOT_AFTER" ] || [ "$today" -le "$(without_dashes "$CLOCK_NOT_AFTER")" ]
}

without_dashes() {
  month_day=\${1#*-}
  printf '%s\n' "\${1%%-*}\${month_day%-*}\${month_day#*-}"
}
`,
};

export const CHECK_DATA_DISK: Step = {
  name: 'check_data_disk',
  title: 'no data disk, no Kubernetes: it would begin anew on the system disk',
  text: shellText`
check_data_disk() {
  [ -n "$DATA_MOUNT" ] || return 0
  mounted "$DATA_MOUNT" || later "the data disk is not mounted at $DATA_MOUNT; is it plugged in?"
  marker=$root$DATA_MOUNT/$DATA_MARKER
  [ ! -f "$marker" ] || return 0
  [ ! -f "$state/started" ] ||
    refuse "the disk at $DATA_MOUNT is not the one with this machine's data (no $DATA_MARKER on it)"
  put "$marker" "$NODE_NAME"
}
`,
};

export const KERNEL_ARGUMENTS: Step = {
  name: 'kernel_arguments',
  title: 'add missing kernel arguments to the one line of cmdline.txt',
  text: shellText`
kernel_arguments() {
  [ -n "$KERNEL_ARGUMENTS" ] || return 0
  missing_from "$(first "$root/proc/cmdline")"
  if [ -z "$missing" ]; then
    [ ! -f "$state/rebooted" ] || rm -f "$state/rebooted"
    return 0
  fi
  missing_now=$missing
  cmdline=
  for path in $CMDLINE_PATHS; do
    [ -n "$cmdline" ] || [ ! -f "$root$path" ] || cmdline=$root$path
  done
  [ -n "$cmdline" ] || refuse "the kernel lacks$missing, and none of these files exists: $CMDLINE_PATHS"
  [ "$(grep -c '[^[:space:]]' "$cmdline")" -eq 1 ] ||
    refuse "$cmdline must have one line, for no other is read; put it right by hand"
  line=$(first "$cmdline")
  missing_from "$line"
  if [ -n "$missing" ]; then
    owe reboot
    rm -f "$state/rebooted"
    if [ ! -f "$cmdline.before-edgecdk" ]; then
      cp "$cmdline" "$cmdline.part"
      sync
      mv -f "$cmdline.part" "$cmdline.before-edgecdk"
    fi
    printf '%s\n' "$line$missing" > "$cmdline.part" || no_room "$cmdline"
    # The boot partition is FAT: a power cut could leave the new name with nothing behind it, and a machine that does not boot.
    sync
    mv -f "$cmdline.part" "$cmdline"
  elif [ "$(first "$state/rebooted")" != "$KERNEL_ARGUMENTS" ]; then
    owe reboot
  elif [ "$(first "$state/pending/reboot")" != "$boot" ]; then
    say "a restart did not bring$missing_now to the kernel: is $cmdline the right file?"
  fi
}

# missing_from LINE: sets missing to the arguments that are not in it, each with a space before it.
missing_from() {
  missing=
  for argument in $KERNEL_ARGUMENTS; do
    case " $1 " in
      *" $argument "*) ;;
      *) missing="$missing $argument" ;;
    esac
  done
}
`,
};

export const RESTART_MACHINE: Step = {
  name: 'restart_machine',
  title: 'restart the machine once, if that is owed; where it has work to do, in its quiet hour',
  text: shellText`
# A machine that was healthy once has work to do, and waits: edgecdk-quiet-hour.timer runs this script with --reboot. The
# servers of a site have their quiet hours in different nights, and none of them goes while another is missing.
restart_machine() {
  [ -f "$state/pending/reboot" ] || return 0
  if [ "$(first "$state/pending/reboot")" != "$boot" ]; then
    rm -f "$state/pending/reboot"
    return 0
  fi
  if [ -s "$state/applied" ]; then
    if [ "$reboot" = no ]; then
      say 'a restart of this machine is owed: it comes in its quiet hour, or at once with --reboot'
      return 0
    fi
    for peer in $PEERS; do
      answers "$peer" || later "$peer does not answer, and this server must not be missing, too: not restarting"
    done
  fi
  [ -z "$KERNEL_ARGUMENTS" ] || keep_line "$state/rebooted" "$KERNEL_ARGUMENTS"
  sync
  say 'restarting this machine'
  systemctl reboot || later 'the machine does not restart; restart it by hand'
  leave 76
}
`,
};
