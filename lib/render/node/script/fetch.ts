import { shellText } from './shell-text';

/** Not a step: how what is installed comes to the machine, by checksum. */
export const FETCH = shellText`
# obtain NAME CHECKSUM URL FILE: makes FILE it, from a folder of artifacts if one has it, else from URL.
obtain() {
  ! holds "$4" "$2" || return 0
  find_artifact "$1"
  if [ -n "$artifact" ]; then
    rm -f "$4"
    cp "$artifact" "$4"
  elif [ "$INSTALL" = preloaded ]; then
    later "$1 of $release is nowhere here; plug in its medium, or copy it to /var/lib/edgecdk/artifacts"
  else
    download "$3/$1" "$4"
  fi
  if ! holds "$4" "$2"; then
    rm -f "$4"
    later "$1 (\${artifact:-$3}) is not what was locked for $release: its checksum differs"
  fi
}

# fetch NAME CHECKSUM FILE MODE [LABEL]: obtains it, and puts it into its place as a whole.
fetch() {
  part_of "$3"
  mkdir -p "\${3%/*}"
  obtain "$1" "$2" "$BASE_URL" "$part"
  chown root:root "$part"
  chmod "$4" "$part"
  # A file takes the label of its folder, and systemd may not start that as a daemon.
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
`;
