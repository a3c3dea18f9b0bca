import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubeEdgeIdentity } from '../../../../../lib/distributions/kubeedge/node/identity';
import { kubeEdgeTree } from '../../../../../lib/distributions/kubeedge/node/tree';
import type { KubeEdgeNodeInput } from '../../../../../lib/model/kubeedge-node-input';
import type { NodeRecord } from '../../../../../lib/model/node-model';
import type { NodeFile } from '../../../../../lib/model/node-tree';
import { folderOf } from '../../../../support/payload-folder';
import { put } from '../../../render/node/script-machine';
import { certificate, privateKey } from './certificate';
import { NODE, SITE, VAN } from './sample-input';

const EDGECORE = '#!/bin/sh\necho "KubeEdge v1.23.1"\n';

export interface Van {
  readonly root: string;
  readonly bin: string;
}

/** A machine that is none: archives in `sim/release`, and systemd as far as apply.sh sees it. */
export function makeVan(folder: string): Van {
  rmSync(folder, { recursive: true, force: true });
  const root = join(folder, 'root');
  const files: Record<string, string> = {
    'sim/machine': 'aarch64\n',
    'proc/cmdline': 'console=tty1\n',
    'proc/mounts': 'proc /proc proc rw 0 0\n',
    'proc/uptime': '100.20 300.10\n',
    'proc/sys/kernel/random/boot_id': 'boot-1\n',
    'run/containerd/containerd.sock': '',
    'etc/edgecdk/secrets/kubeedge-certificate/ca.crt': 'ca\n',
    'etc/edgecdk/secrets/kubeedge-certificate/node.crt': certificate(NODE.name, '20260101', '20270101'),
    'etc/edgecdk/secrets/kubeedge-certificate/node.key': privateKey(),
  };
  for (const [path, text] of Object.entries(files)) put(join(root, path), text);
  archive(root, 'kubeedge-v1.23.1-linux-arm64.tar.gz', { 'kubeedge-v1.23.1-linux-arm64/edge/edgecore': EDGECORE });
  archive(root, 'keadm-v1.23.1-linux-arm64.tar.gz', { 'keadm-v1.23.1-linux-arm64/keadm/keadm': '#!/bin/sh\n' });
  const plugins = ['loopback', 'host-local', 'portmap', 'bridge'].map((name) => [name, `${name}\n`]);
  archive(root, 'cni-plugins-linux-arm64-v1.6.2.tgz', Object.fromEntries(plugins));
  const bin = join(folder, 'bin');
  for (const [name, text] of Object.entries(STUBS))
    put(join(bin, name), `#!/bin/sh\nsim=$EDGECDK_ROOT/sim\n${text}`, 0o755);
  return { root, bin };
}

function archive(root: string, name: string, files: Readonly<Record<string, string>>): void {
  const folder = join(root, 'sim/pack');
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) put(join(folder, path), text, 0o755);
  mkdirSync(join(root, 'sim/release'), { recursive: true });
  spawnSync('tar', ['-czf', join(root, 'sim/release', name), '-C', folder, '.']);
  rmSync(folder, { recursive: true });
}

/** The input with the checksums of this machine's archives. */
export function lockedFor(van: Van, input: KubeEdgeNodeInput = VAN): KubeEdgeNodeInput {
  const sum = (name: string) => ({ arm64: shaOf(join(van.root, 'sim/release', name)) });
  return {
    ...input,
    artifacts: {
      ...input.artifacts,
      edgecoreSha256: sum('kubeedge-v1.23.1-linux-arm64.tar.gz'),
      keadmSha256: sum('keadm-v1.23.1-linux-arm64.tar.gz'),
      cniSha256: sum('cni-plugins-linux-arm64-v1.6.2.tgz'),
    },
  };
}

function shaOf(path: string): string {
  return spawnSync('sha256sum', [path], { encoding: 'utf8' }).stdout.slice(0, 64);
}

/** Writes tree and identity beside each other, as a carrier brings them, and returns the path of `apply.sh`. */
export function writeVan(
  van: Van,
  input: KubeEdgeNodeInput,
  node: NodeRecord = NODE,
  more: readonly NodeFile[] = [],
): string {
  const folder = join(van.root, 'payload');
  rmSync(folder, { recursive: true, force: true });
  const made = kubeEdgeTree(input);
  const tree = { ...made, files: [...made.files, ...more] };
  for (const [path, text] of Object.entries(folderOf(tree, kubeEdgeIdentity(node, SITE, input))))
    put(join(folder, path), text);
  return join(folder, 'tree/apply.sh');
}

export function apply(
  van: Van,
  script: string,
  shell: string,
  ...args: string[]
): { code: number | null; log: string } {
  const [command = 'sh', ...before] = shell.split(' ');
  const { status, stderr, stdout } = spawnSync(command, [...before, script, ...args], {
    encoding: 'utf8',
    env: { PATH: `${van.bin}:/usr/bin:/bin`, EDGECDK_ROOT: van.root },
  });
  return { code: status, log: `${stdout}${stderr}` };
}

export function told(van: Van): string[] {
  try {
    return readFileSync(join(van.root, 'sim/told'), 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}

export function forget(van: Van): void {
  writeFileSync(join(van.root, 'sim/told'), '');
}

const STUBS: Readonly<Record<string, string>> = {
  id: 'echo 0\n',
  uname: 'cat "$sim/machine"\n',
  date: 'case $* in *%Y-%m-%d*) echo 2026-11-24 ;; *) echo 20261124 ;; esac\n',
  chown: '',
  sync: '',
  sleep: '',
  getenforce: 'echo Permissive\n',
  sysctl: '',
  modprobe: '',
  hostname: '',
  umount: '',
  curl: `
for url; do :; done
case $url in
  */healthz) [ -f "$sim/up-edgecore" ] && [ ! -f "$sim/sick" ] ;;
  *)
    while [ "$1" != -o ]; do shift; done
    [ -f "$sim/release/\${url##*/}" ] || exit 22
    echo "$url" >> "$sim/fetched"
    cp "$sim/release/\${url##*/}" "$2" ;;
esac
`,
  // A start runs what the unit says comes before it, as systemd does.
  systemctl: `
verb=$1
for unit; do :; done
unit=\${unit%.service}
case $verb in
  is-active) [ -f "$sim/up-$unit" ]; exit ;;
  is-enabled) [ -f "$sim/on-$unit" ]; exit ;;
  cat) [ ! -f "$sim/no-$unit" ]; exit ;;
  status) exit 0 ;;
esac
echo "$verb $unit" >> "$sim/told"
case $verb in
  enable) : > "$sim/on-$unit" ;;
  stop) rm -f "$sim/up-$unit" ;;
  start | restart)
    if [ "$unit" = edgecore ]; then
      sh "$EDGECDK_ROOT/etc/edgecdk/scripts/before-edgecore.sh" || exit 0
      ! grep -q broken "$EDGECDK_ROOT/etc/kubeedge/config/edgecore.yaml" || exit 0
    fi
    : > "$sim/up-$unit" ;;
esac
`,
};
