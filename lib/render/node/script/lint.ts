import { type Step, shellText } from './shell-text';

export function lint(ownPaths: readonly string[]): Step {
  return {
    name: 'lint',
    title: 'look at what was brought and at the machine; nothing is changed, whatever is found',
    text: shellText`
lint() {
  [ "$(id -u)" = 0 ] || refuse 'only root can do this; use sudo'
  for tool in sha256sum systemctl find; do
    has "$tool" || refuse "this machine has no $tool"
  done
  find_payload
  check_folder "$tree"
  [ "$settings_listed" = yes ] || refuse "$tree/manifest does not list settings"
  check_folder "$identity"
  check_settings
  find_architecture
  check_tools
}

# The tree beside this file, with the identity that came along or that the machine has; or what the machine has of both.
find_payload() {
  current=$(first "$state/current")
  kept_identity=$state/payloads/$current/identity
  if [ ! -f "$here/manifest" ]; then
    [ -n "$current" ] || refuse "there is no tree beside $0, and none on this machine"
    brought=$state/payloads/$current/tree
    brought_identity=$kept_identity
  else
    brought=$here
    if [ -n "$identity_option" ]; then
      brought_identity=$identity_option
    elif [ -f "$here/../identity/manifest" ]; then
      brought_identity=$here/../identity
    else
      brought_identity=$kept_identity
    fi
  fi
  [ -f "$brought_identity/manifest" ] ||
    refuse 'no identity of this machine came along, and it has none yet; say where it is: --identity DIR'
  for file in manifest settings apply.sh; do
    [ -f "$brought/$file" ] || refuse "$brought/$file is missing: copy it again"
  done
  [ -f "$brought_identity/files/etc/edgecdk/identity.env" ] || refuse "$brought_identity has no identity.env: copy it again"
  use "$brought" "$brought_identity"
  brought_digest=$digest
}

# check_folder DIR: every file in it is as its manifest says, and neither is cut short.
check_folder() {
  lines=0
  listed=0
  settings_listed=no
  sums=
  ended=
  while IFS=$tab read -r mode owner sha effect path; do
    [ -z "$ended" ] || refuse "$1/manifest goes on after its end: copy it again"
    if [ "$mode" = end ]; then
      ended=$owner
    else
      lines=$((lines + 1))
      check_line "$1"
    fi
  done < "$1/manifest"
  [ "$ended" = "$lines" ] || refuse "$1/manifest is cut short: copy it again"
  damaged=$(printf '%s' "$sums" | sha256sum -c 2> /dev/null | grep -v ': OK$') || :
  [ -z "$damaged" ] || refuse "not as its manifest says; copy it again: $damaged"
  [ "$(find -L "$1/files" -type f | wc -l)" -eq "$listed" ] ||
    refuse "$1/files holds files that its manifest does not list"
}

check_line() {
  case $path in
    *[!A-Za-z0-9._@+=,/-]* | *//* | *../* | *..) refuse "the manifest has a path that is not plain: $path" ;;
    /etc/edgecdk/secrets/* | /var/lib/edgecdk/* | ${ownPaths.join(' | ')})
      refuse "the manifest claims $path, which is not a tree's" ;;
  esac
  case $effect:$path in
    tree:settings) file=$1/$path settings_listed=yes ;;
    tree:apply.sh | tree:node.json) file=$1/$path ;;
    live:/* | restart:/* | reboot:/* | once:/* | reprovision:/*) file=$1/files$path ;;
    *) refuse "the manifest has an effect that this script does not know: $effect ($path)" ;;
  esac
  case $path in */) return 0 ;; esac
  [ "$effect" = tree ] || listed=$((listed + 1))
  [ -f "$file" ] || refuse "$file is missing: copy it again"
  sums="$sums$sha  $file$newline"
}

check_settings() {
  [ "$FORMAT" = "$format" ] || refuse "the tree has format '$FORMAT'; this script knows $format"
  [ -z "$unknown_settings" ] || refuse "unknown settings:$unknown_settings"
  case $ROLE in server | agent) ;; *) refuse "unknown ROLE '$ROLE'" ;; esac
  needed=
  check_own_settings
  for name in $required_settings NODE_NAME $needed; do
    eval "value=\$$name"
    [ -n "$value" ] || refuse "$name is not set, in $tree/settings or in the identity"
  done
  for name in $required_settings $identity_names; do
    case $name in *_WAIT | SERVERS | RANK | GENERATION) ;; *) continue ;; esac
    eval "value=\$$name"
    case $value in *[!0-9]*) refuse "$name must be a number (found '$value')" ;; esac
  done
  # What was the tree's before would be taken away, and nothing would be there in its place.
  for file in $IDENTITY_FILES; do
    case $wanted_paths in
      *"$newline$file$newline"*) ;;
      *) refuse "$file is each machine's own now, and this identity has none: bring the identity that goes with the tree" ;;
    esac
  done
  # A path in two manifests would be written twice, and which one wins would be chance.
  [ -z "$twice" ] || refuse "tree and identity both claim $twice, or one of them does twice: bring the identity that goes with the tree"
}
`,
  };
}
