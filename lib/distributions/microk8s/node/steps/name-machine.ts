import { type Step, shellText } from '../../../../render/node/script/shell-text';

/** Before the snap is installed: the node is called as the machine is, for good. */
export const NAME_MACHINE: Step = {
  name: 'name_machine',
  title: 'give the machine its name, and the names of the other nodes to /etc/hosts',
  text: shellText`
name_machine() {
  if has hostname && [ "$(hostname)" != "$NODE_NAME" ]; then
    hostname "$NODE_NAME" || later "the machine could not be named $NODE_NAME"
  fi
  [ ! -s "$described/hosts" ] || name_others
}

# What stands between two lines of ours is replaced, and nothing else of the file.
name_others() {
  others=
  inside=no
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      '# edgecdk: begin') inside=yes ;;
      '# edgecdk: end') inside=no ;;
      *) [ "$inside" = yes ] || others=$others$line$newline ;;
    esac
  done << END
$(cat "$root/etc/hosts" 2> /dev/null)
END
  wanted_hosts="$others# edgecdk: begin$newline$(cat "$described/hosts")$newline# edgecdk: end"
  [ "$(cat "$root/etc/hosts" 2> /dev/null)" = "$wanted_hosts" ] || put "$root/etc/hosts" "$wanted_hosts"
}
`,
};
