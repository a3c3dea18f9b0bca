import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeStubs } from '../../../render/node/script/stub-commands';

/**
 * A machine without K3s: commands beside those of every scratch node that stand for snapd, MicroK8s and its cluster. `shared` holds what the machines of
 * a site have in common: by address the root of each (`roots`), the cluster whose certificate it shows (`up`), and what each cluster knows (`clusters`).
 */
export function writeMicroK8sStubs(folder: string): void {
  writeStubs(folder);
  const prelude = readFileSync(join(folder, 'prelude'), 'utf8');
  writeFileSync(join(folder, 'prelude'), prelude.replace(/\. "\$0"\n$/, `${PRELUDE}. "$0"\n`));
  const head = /^#!\/bin\/sh\nsim=[\s\S]*?(?=\n(?:for url|echo|config=))/.exec(
    readFileSync(join(folder, 'curl'), 'utf8'),
  )?.[0];
  if (head === undefined) throw new Error('the stubs begin otherwise now');
  for (const [name, text] of Object.entries({
    snap: SNAP,
    microk8s: MICROK8S,
    openssl: OPENSSL,
    curl: CURL,
    'edgecdk-kubectl': KUBECTL,
  }))
    writeFileSync(join(folder, name), `${head}\n${SITE}\n${text}`, { mode: 0o755 });
}

/** While the script waits, the agent of MicroK8s does its work. */
const PRELUDE = `
hostname() {
  if [ $# = 0 ]; then cat "$EDGECDK_ROOT/sim/hostname"; else echo "$1" > "$EDGECDK_ROOT/sim/hostname"; fi
}
timeout() { shift; "$@"; }
sleep() {
  for agent_file in "$EDGECDK_ROOT"/var/snap/microk8s/common/etc/launcher/*.yaml; do
    [ -e "$agent_file" ] || continue
    ! grep -q broken "$agent_file" || continue
    case $agent_file in */install.yaml) ;; *)
    echo "launch $(grep -c '' "$agent_file")" >> "$EDGECDK_ROOT/sim/log"
    cat "$agent_file" > "$EDGECDK_ROOT/sim/launched" ;; esac
    ${'command'} mv "$agent_file" "$agent_file.applied"
  done
}
`;

const SITE = `
own=$(cat "$sim/address")
data=$EDGECDK_ROOT/var/snap/microk8s/current
common=$EDGECDK_ROOT/var/snap/microk8s/common
cluster_of() { cat "$1/sim/cluster" 2> /dev/null; }
`;

/** Installing is begun or done: snapd takes back by itself what a power cut leaves half done. */
const SNAP = `
version_of() { minor=\${1#1.}; echo "v1.\${minor%%[!0-9]*}.5"; }
rise() {
  : > "$sim/active"
  cluster_of "$EDGECDK_ROOT" > "$shared/up/$own"
  cluster=$(cluster_of "$EDGECDK_ROOT")
  name=$(cat "$sim/hostname")
  sed -i "s/^$name .*/$name Ready $(cat "$sim/snaps/microk8s" | cut -d' ' -f1)/" "$shared/clusters/$cluster/nodes"
}
fall() { rm -f "$sim/active" "$shared/up/$own"; }
set_up() {
  mkdir -p "$data/credentials" "$data/var/lock" "$data/var/kubernetes/backend" "$common/etc/launcher" "$EDGECDK_ROOT/snap/microk8s/current" "$sim/snaps"
  cp "$(command -v edgecdk-kubectl)" "$EDGECDK_ROOT/snap/microk8s/current/kubectl"
  cp "$EDGECDK_ROOT/etc/microk8s.yaml" "$common/etc/launcher/install.yaml"
  cat "$EDGECDK_ROOT/etc/microk8s.yaml" > "$sim/launched"
  [ ! -d "$common/sideload" ] || { mkdir -p "$common/etc/sideload"; cp "$common/sideload/"* "$common/etc/sideload/"; }
  echo "- Address: $own:19001" > "$data/var/kubernetes/backend/cluster.yaml"
  cluster=cluster-of-$own-$(wc -l < "$shared/begun" | tr -d ' ')
  echo "$cluster" >> "$shared/begun"
  echo "$cluster" > "$sim/cluster"
  mkdir -p "$shared/clusters/$cluster" "$shared/roots"
  echo "$(cat "$sim/hostname") Ready v" > "$shared/clusters/$cluster/nodes"
  echo "$EDGECDK_ROOT" > "$shared/roots/$own"
}
case $1 in
  list)
    [ -f "$sim/snaps/$2" ] || exit 1
    echo 'Name Version Rev Tracking Publisher Notes'
    echo "$2 $(cat "$sim/snaps/$2") - canonical classic" ;;
  wait) exit 0 ;;
  ack) counted :; [ -f "$2" ] || exit 1; echo "ack \${2##*/}" >> "$sim/log" ;;
  install)
    counted :
    for last; do case $last in --channel=*) channel=\${last#*=} ;; *.snap) file=$last ;; esac; done
    case \${file:+\${file##*/}} in
      ''|microk8s_*)
        rest=\${file##*_}
        echo "install \${channel:-\${rest%.snap}}" >> "$sim/log"
        [ ! -f "$sim/no-install" ] || exit 1
        [ -f "$sim/snaps/microk8s" ] || set_up
        [ -z "$file" ] || of=$(sed -n 's/^channel //p' "$file")
        echo "$(version_of "\${channel:-\${of:-1.33}}") \${rest%.snap}" > "$sim/snaps/microk8s" ;;
      *) name=\${file##*/}; echo "1 1" > "$sim/snaps/\${name%%_*}"; echo "install $name" >> "$sim/log"; exit 0 ;;
    esac
    rise ;;
  refresh)
    case $2 in --hold=forever) : > "$sim/held" ;; *) exit 1 ;; esac ;;
  download)
    channel=\${3#*=} place=\${4#*=}
    minor=\${channel#1.}
    file=$place/microk8s_80\${minor%%[!0-9]*}
    counted half_a_copy "$file.snap"
    echo "fetch $channel" >> "$sim/log"
    [ ! -f "$sim/no-store" ] || exit 1
    echo "channel $channel" > "$file.snap"
    echo assertions > "$file.assert" ;;
  switch) counted :; echo "switch \${3#*=}" >> "$sim/log" ;;
  start) counted :; echo start >> "$sim/log"; rise ;;
  stop) counted :; echo stop >> "$sim/log"; fall ;;
esac
`;

/** A server takes in who has the token that it holds; a join that is cut short leaves its mark. */
const MICROK8S = `
half_a_join() { : > "$data/var/lock/join-in-progress"; }
case $1 in
  join)
    counted half_a_join
    half_a_join
    to=\${2%%/*} rest=\${2#*/}
    host=\${to%:*} token=\${rest%%/*} fingerprint=\${rest#*/}
    echo "join $host $token $fingerprint \${3:-}" >> "$sim/joins"
    other=$(cat "$shared/roots/$host")
    grep -qxF "$token" "$other/var/snap/microk8s/current/credentials/persistent-cluster-tokens.txt" 2> /dev/null ||
      { echo "Connection failed. invalid token ($token) (500)."; exit 6; }
    cluster=$(cluster_of "$other")
    echo "$cluster" > "$sim/cluster"
    echo "$cluster" > "$shared/up/$own"
    grep -q "^$(cat "$sim/hostname") " "$shared/clusters/$cluster/nodes" ||
      echo "$(cat "$sim/hostname") Ready v" >> "$shared/clusters/$cluster/nodes"
    if [ "\${3:-}" = --worker ]; then
      : > "$data/var/lock/clustered.lock"
    else
      { cat "$other/var/snap/microk8s/current/var/kubernetes/backend/cluster.yaml"; echo "- Address: $own:19001"; } > "$data/var/kubernetes/backend/cluster.yaml"
      cp "$data/var/kubernetes/backend/cluster.yaml" "$other/var/snap/microk8s/current/var/kubernetes/backend/cluster.yaml"
    fi
    rm -f "$data/var/lock/join-in-progress"
    # The kubelet's arguments are those of the other now.
    : > "$sim/launched" ;;
  refresh-certs) counted :; echo "renew $3" >> "$sim/log" ;;
  enable)
    counted :
    shift
    echo "$*" >> "$sim/enabled"
    [ ! -f "$sim/failing-$1" ] || exit 1
    [ ! -f "$sim/unknown-$1" ] || echo "Addon core/$1 not found" ;;
esac
`;

const OPENSSL = `
case $1 in
  s_client) host=\${3%:*}; [ -f "$shared/up/$host" ] && echo "$host $(cat "$shared/up/$host")" ;;
  x509) case $* in *-ext*) read -r _ authority && echo "$authority" ;; *) cat ;; esac ;;
esac
`;

const CURL = `
for url; do :; done
case $url in
  */health)
    host=\${url#https://}
    [ -f "$shared/up/\${host%%:*}" ] || exit 7 ;;
  */healthz) [ -f "$sim/active" ] && [ ! -f "$sim/sick" ] ;;
  *)
    while [ "$1" != -o ]; do shift; done
    counted half_a_copy "$2"
    cp "$sim/release/\${url##*/}" "$2" ;;
esac
`;

/** As far as the script asks. Pods leave where they are evicted, but for those of the node. */
const KUBECTL = `
shift
cluster=$(cluster_of "$EDGECDK_ROOT")
known=$shared/clusters/$cluster
case $1:$2 in
  get:--raw)
    [ -f "$sim/active" ] || exit 1
    case $3 in /version) printf '{ "major": "1", "minor": "%s", "gitVersion": "v" }\n' "$(cat "$known/minor" 2> /dev/null || echo 33)" ;; esac ;;
  get:nodes) [ -f "$sim/active" ] && cat "$known/nodes" ;;
  get:node) grep "^$3 " "$known/nodes" ;;
  get:pods) cat "$known/pods-$(cat "$sim/hostname")" 2> /dev/null; exit 0 ;;
  get:configmap) [ -f "$sim/active" ] || exit 1; [ ! -f "$known/$3" ] || cat "$known/$3" ;;
  create:configmap) counted :; [ ! -f "$known/$3" ] || exit 1; value=\${5#*=node=}; printf '%s' "$value" > "$known/$3" ;;
  create:--raw) counted :; cat >> "$known/evicted"; pod=\${3%/eviction}; sed -i "/ \${pod##*/} /d" "$known/pods-$(cat "$sim/hostname")" ;;
  delete:configmap) counted :; rm -f "$known/$3" ;;
  cordon:*) counted :; sed -i "s/^$2 Ready /$2 Ready,SchedulingDisabled /" "$known/nodes"; echo "cordon $2" >> "$sim/log" ;;
  uncordon:*) counted :; sed -i "s/^$2 Ready,SchedulingDisabled /$2 Ready /" "$known/nodes"; echo "uncordon $2" >> "$sim/log" ;;
  label:*) counted :; [ ! -f "$sim/no-labels" ] || exit 1; shift 2; echo "$*" >> "$known/labels" ;;
  *) echo "unknown: $*" >&2; exit 1 ;;
esac
`;
