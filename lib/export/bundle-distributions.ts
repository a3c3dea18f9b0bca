import { shellText } from '../model/shell-text';

/** How a cluster takes what is on a stick: the shell functions by which `install.sh` does it, each with the name of the distribution behind it. */
export interface StickDistribution {
  /** `K3s` */
  readonly title: string;
  /** Whether each server needs the manifests, or one for all of them. */
  readonly everyServer: boolean;
  /**
   * `find_*` sets `folder`, where this machine keeps the manifests that it was given, and `role`, server or agent; it refuses where the distribution is not
   * there. `import_* FILE SHA256` gives it an archive of images. `give_manifests_*` gives it `$lines`. `after_*` says what people must know.
   */
  readonly text: string;
}

/**
 * K3s applies what stands in a folder, at its start and when a file has another time of change; it passes over files that do not end as YAML does. Archives in
 * its folder of images are imported when they come, by older releases at the next start.
 *
 * @see K3s source, pkg/deploy/controller.go; K3s documentation, Air-Gap Install
 */
const K3S: StickDistribution = {
  title: 'K3s',
  everyServer: true,
  text: shellText`
find_k3s() {
  k3s=$root/var/lib/rancher/k3s
  folder=$k3s/server/manifests
  if [ -d "$k3s/server" ]; then
    role=server
  elif [ -d "$k3s/agent" ]; then
    role=agent
  else
    refuse "there is no K3s on this machine (no $k3s), and $site runs on it; a kit brings it (edgecdk export $site)"
  fi
}

import_k3s() {
  if grep -Eqs '^(docker: *"?true|container-runtime-endpoint:)' "$root/etc/rancher/k3s/config.yaml" "$root"/etc/rancher/k3s/config.yaml.d/*.yaml; then
    say "not imported: \${1##*/}, since K3s has another container runtime here; load it there by hand"
    return 0
  fi
  mkdir -p "$k3s/agent/images"
  target=$k3s/agent/images/\${1##*/}
  if holds "$target" "$2"; then
    say "images: \${1##*/} is there"
    return 0
  fi
  bring "$1" "$2" "$target"
  sync
  mv -f "$part" "$target"
  say "images: \${1##*/} brought"
}

give_manifests_k3s() {
  mkdir -p "$folder"
  chmod 0700 "$folder"
  each_manifest prepare
  sync
  each_manifest replace
}

after_k3s() {
  # What runs that were cut short left, which may be large.
  rm -f "$k3s/agent/images"/.*.edgecdk-stick
  [ "$role" = agent ] || say 'of several servers, each gets this: run it there, too'
  [ -z "$archives" ] ||
    say 'K3s before v1.29.13, v1.30.9, v1.31.5 and v1.32.0 imports archives at its start alone: systemctl restart k3s, or k3s-agent'
}
`,
};

/**
 * MicroK8s has no such folder: its servers share what is applied on one of them, and all nodes what is imported on one of them.
 *
 * @see https://canonical.com/microk8s/docs/sideload
 */
const MICROK8S: StickDistribution = {
  title: 'MicroK8s',
  everyServer: false,
  text: shellText`
find_microk8s() {
  folder=$state/manifests
  command -v microk8s > /dev/null 2>&1 ||
    refuse "there is no MicroK8s on this machine, and $site runs on it; a kit brings it (edgecdk export $site)"
  [ ! -f "$root/var/snap/microk8s/current/var/lock/clustered.lock" ] ||
    refuse 'this machine is a worker, which takes no orders; run it on a server'
  role=server
  microk8s kubectl get --raw /readyz < /dev/null > /dev/null 2>&1 ||
    later 'MicroK8s does not answer; look at microk8s status'
}

import_microk8s() {
  microk8s images import < "$1" || later "MicroK8s did not take \${1##*/}; see above"
  say "images: \${1##*/} imported, on all nodes"
}

# What K3s takes from its folder in any order and again is applied here in that of the names, which is namespaces first,
# and again where a definition that came with it was not known yet. A file stands in the folder once it was applied.
give_manifests_microk8s() {
  mkdir -p "$folder"
  chmod 0700 "$folder"
  tries=0
  failed=all
  while [ -n "$failed" ]; do
    tries=$((tries + 1))
    [ "$tries" -le 3 ] || later "MicroK8s did not take all manifests; see above:$failed"
    [ "$tries" = 1 ] || sleep 10
    again=$failed
    failed=
    each_manifest apply
  done
}

apply() {
  case "$again " in all\ * | *" $name "*) ;; *) return 0 ;; esac
  if grep -q '^[^#]' "$source" &&
    ! microk8s kubectl apply --server-side --force-conflicts --field-manager=edgecdk -f "$source" < /dev/null; then
    failed="$failed $name"
    return 0
  fi
  prepare
  replace
}

after_microk8s() { say 'one server is enough: all of them have it'; }
`,
};

/** By the name that a cohort has for it. */
export const STICK_DISTRIBUTIONS: ReadonlyMap<string, StickDistribution> = new Map([
  ['k3s', K3S],
  ['microk8s', MICROK8S],
]);
