import type { KubeEdgeNodeInput } from '../../../model/kubeedge-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { beforeStartHead, clockGate, diskGate, NAME_MACHINE } from '../../../render/node/before-start';
import { modulesFile, sysctlFile } from '../../../render/node/host';
import { nodeFile } from '../../../render/node/node-file';
import { shellText } from '../../../render/node/script/shell-text';
import { READ_CERTIFICATE } from './certificates';
import { EDGECORE_TEMPLATE } from './edgecore-config';
import { enrolment } from './enrol';
import { socketOf } from './host';
import { KEY_PAIR } from './key-pair';

/** Runs before each start of edgecore, whoever starts it. */
export function beforeEdgecoreFiles(input: KubeEdgeNodeInput): NodeFile[] {
  const { artifacts, dataMount, runtime } = input;
  const parts = [
    beforeStartHead('edgecore'),
    READ_IDENTITY,
    clockGate(artifacts.lockedOn),
    ...(dataMount === undefined ? [] : [diskGate(dataMount)]),
    READ_CERTIFICATE,
    KEY_PAIR,
    enrolment(input.enrolment),
    SETTINGS,
    NAME_MACHINE,
    runtimeGate(socketOf(runtime)),
    COMPOSE,
  ];
  return [nodeFile('/etc/edgecdk/scripts/before-edgecore.sh', 'restart', `${parts.join('\n\n')}\n`, { mode: '0755' })];
}

const READ_IDENTITY = shellText`
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

/** Keys of bridges are there once the module is. */
const SETTINGS = shellText`
if has modprobe; then
  while IFS= read -r module || [ -n "$module" ]; do
    case $module in '' | '#'*) ;; *) modprobe "$module" || say "the kernel has no $module" ;; esac
  done < "$root${modulesFile('kubeedge')}"
fi
[ ! -f "$root${sysctlFile('kubeedge')}" ] || sysctl -q -p "$root${sysctlFile('kubeedge')}" || say 'not all of ${sysctlFile('kubeedge')} could be set'
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
