import type { KubeEdgeNodeInput } from '../../../model/kubeedge-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile } from '../../../render/node/node-file';
import { shellText } from '../../../render/node/script/shell-text';
import { READ_CERTIFICATE } from './certificates';
import { clockNotAfter } from './clock';
import { EDGECORE_TEMPLATE } from './edgecore-config';
import { enrolment } from './enrol';
import { MODULES_FILE, SYSCTL_FILE, socketOf } from './host';

/**
 * Runs before each start of edgecore, whoever starts it. What edgecore must not start without ends the script with an error, and systemd tries again; all else
 * is only attempted.
 */
export function beforeEdgecoreFiles(input: KubeEdgeNodeInput): NodeFile[] {
  const { artifacts, dataMount, runtime } = input;
  const parts = [
    HEAD,
    clockGate(artifacts.lockedOn.replaceAll('-', ''), clockNotAfter(artifacts.lockedOn).replaceAll('-', '')),
    ...(dataMount === undefined ? [] : [diskGate(dataMount)]),
    READ_CERTIFICATE,
    enrolment(input.enrolment),
    settings(),
    runtimeGate(socketOf(runtime)),
    COMPOSE,
  ];
  return [nodeFile('/etc/edgecdk/scripts/before-edgecore.sh', 'restart', `${parts.join('\n\n')}\n`, { mode: '0755' })];
}

const HEAD = shellText`
#!/bin/sh
# Before each start of edgecore.
set -eu
umask 022
export LC_ALL=C
PATH=$PATH:/usr/local/bin:/usr/sbin:/sbin
root=\${EDGECDK_ROOT:-}

say() { printf 'edgecdk: %s\n' "$*" >&2; }
has() { command -v "$1" > /dev/null 2>&1; }

# Lines of NAME=value; nothing in them is executed.
NODE_NAME=
NODE_IP=
SITE=
SITE_GROUP=
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    NODE_NAME=*) NODE_NAME=\${line#*=} ;;
    NODE_IP=*) NODE_IP=\${line#*=} ;;
    SITE=*) SITE=\${line#*=} ;;
    SITE_GROUP=*) SITE_GROUP=\${line#*=} ;;
  esac
done < "$root/etc/edgecdk/identity.env"
`;

/** A machine without a clock of its own wakes in the past, and could not tell whether its certificate is over. */
const clockGate = (first: string, last: string): string => shellText`
today=$(date -u +%Y%m%d)
if [ "$today" -lt ${first} ] || [ "$today" -gt ${last} ]; then
  say "the clock says $today, which cannot be: waiting for time from the network"
  exit 1
fi
`;

const diskGate = (mount: string): string => shellText`
if [ ! -f "$root${mount}/.edgecdk-data-disk" ]; then
  say 'the disk at ${mount} is not the one with the data of this machine'
  exit 1
fi
`;

/** Keys of bridges are there once the module is. */
const settings = (): string => shellText`
if has modprobe; then
  while IFS= read -r module || [ -n "$module" ]; do
    case $module in '' | '#'*) ;; *) modprobe "$module" || say "the kernel has no $module" ;; esac
  done < "$root${MODULES_FILE}"
fi
[ ! -f "$root${SYSCTL_FILE}" ] || sysctl -q -p "$root${SYSCTL_FILE}" || say 'not all of ${SYSCTL_FILE} could be set'

# What edgecore calls the machine is in its configuration; this is for people and logs.
if [ -s "$root/etc/hostname" ] && has hostname; then
  wanted=$(cat "$root/etc/hostname")
  [ "$(hostname)" = "$wanted" ] || hostname "$wanted" || say "the machine could not be named $wanted"
fi
`;

const runtimeGate = (socket: string): string => shellText`
if [ ! -e "$root${socket}" ]; then
  say 'the container runtime is not there yet (${socket})'
  exit 1
fi
`;

/**
 * edgecore has one file of configuration, which it and its jobs write, too. It is made of the tree's when that, or who the node is, changed, and stays as it is
 * else: so what a ConfigUpdateJob changed lasts until the next change of the tree.
 */
const COMPOSE = shellText`
template=$root${EDGECORE_TEMPLATE}
config=$root/etc/kubeedge/config/edgecore.yaml
record=$root/var/lib/edgecdk/kubeedge-composed
sum=$(sha256sum < "$template")
made_of="\${sum%% *} $NODE_NAME $NODE_IP $SITE $SITE_GROUP"
last=
[ ! -f "$record" ] || IFS= read -r last < "$record" || :
if [ "$made_of" = "$last" ] && [ -s "$config" ]; then exit 0; fi

# The version of what is installed: a job may have replaced it since.
version=$("$root/usr/local/bin/edgecore" --version)
version=\${version#KubeEdge }

# fill HOLE VALUE: in the line, once.
fill() { case $line in *"$1"*) line=\${line%%"$1"*}$2\${line#*"$1"} ;; esac; }

umask 077
mkdir -p "\${config%/*}" "\${record%/*}"
while IFS= read -r line || [ -n "$line" ]; do
  case $line in *@NODE_IP@*) [ -n "$NODE_IP" ] || continue ;; esac
  fill @NODE_NAME@ "$NODE_NAME"
  fill @NODE_IP@ "$NODE_IP"
  fill @SITE@ "$SITE"
  fill @SITE_GROUP@ "$SITE_GROUP"
  fill @EDGECORE_VERSION@ "$version"
  printf '%s\n' "$line"
done < "$template" > "$config.part"
mv -f "$config.part" "$config"
printf '%s\n' "$made_of" > "$record.part"
mv -f "$record.part" "$record"
`;
