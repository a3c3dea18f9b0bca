import {
  FLANNEL_FOR_CRIO,
  hasFlannelForCrio,
  K3S_CNI_FOLDERS,
  K3S_PAUSE_IMAGE,
  K3S_RUNTIMES,
} from '../../../catalog/k3s-runtimes';
import { CNI_FOLDERS, RUNTIMES } from '../../../catalog/runtimes';
import type { ContainerRuntime } from '../../../model/container-runtime';
import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { crioConfig } from '../../../render/node/runtimes/crio-config';
import { mirrorFiles, mirrorRefusals, siteMirrorPaths } from '../../../render/node/runtimes/mirrors';
import { runtimeRefusal } from '../../../render/node/runtimes/refusals';
import { shellText } from '../../../render/node/script/shell-text';

export function runtimeOf({ runtime }: Pick<K3sNodeInput, 'runtime'>): ContainerRuntime {
  return runtime ?? 'containerd';
}

/** Whether K3s starts its containerd, which alone reads registries.yaml and imports archives of images. */
export function hasOwnContainerd(input: Pick<K3sNodeInput, 'runtime'>): boolean {
  return K3S_RUNTIMES[runtimeOf(input)].kind === 'own';
}

/** Units of a runtime of the machine. cri-dockerd is part of K3s. */
export function runtimeUnits(input: Pick<K3sNodeInput, 'runtime'>): string[] {
  return hasOwnContainerd(input) ? [] : [RUNTIMES[runtimeOf(input)].unit];
}

/**
 * What a runtime of the machine reads: a change restarts K3s, which restarts it before (`startRuntime`). Docker is told of the pause image and of the
 * networks' folders by K3s itself.
 */
export function runtimeFiles(input: K3sNodeInput): NodeFile[] {
  if (hasOwnContainerd(input)) return [];
  const { cluster, operatingSystem } = input;
  const { selinux } = operatingSystem;
  const cni = hasFlannel(input) ? K3S_CNI_FOLDERS : CNI_FOLDERS;
  return [
    ...(runtimeOf(input) === 'cri-o' ? [crioConfig({ sandboxImage: K3S_PAUSE_IMAGE, cni, selinux })] : []),
    ...mirrorFiles(runtimeOf(input), {
      registries: cluster.registries,
      onlyMirrors: cluster.onlyMirrors,
      selinux,
    }),
  ];
}

function hasFlannel({ cluster }: K3sNodeInput): boolean {
  return cluster.flannelBackend !== 'none';
}

/** What a machine with its own runtime cannot have, and what to do. */
export function runtimeRefusals(input: K3sNodeInput): Array<string | false> {
  if (hasOwnContainerd(input)) return [];
  const { cluster, deviceClass, install } = input;
  const runtime = runtimeOf(input);
  const { title } = RUNTIMES[runtime];
  return [
    runtimeRefusal('K3s', K3S_RUNTIMES, runtime, deviceClass.id) ?? false,
    ...mirrorRefusals(runtime, cluster),
    cluster.embeddedRegistry === true &&
      `embeddedRegistry shares images of K3s's own containerd, and device class '${deviceClass.id}' has ${title}; take containerd, or leave it off`,
    install.mode === 'preloaded' &&
      cluster.registries.length === 0 &&
      `K3s imports images of a medium into its own containerd alone, and device class '${deviceClass.id}' has ${title}; name a registry at the site (registries) that has them, or take containerd`,
    runtime === 'cri-o' &&
      hasFlannel(input) &&
      !hasFlannelForCrio(cluster.version) &&
      `the network plug-ins of K3s ${cluster.version} crash under CRI-O (device class '${deviceClass.id}'), and its pods would not start; take ${FLANNEL_FOR_CRIO} or later patches of these, v1.36 or later, flannelBackend 'none' with a network of your own, or containerd`,
  ];
}

/** What it was started with is on record, so that it is restarted once for each change, whoever starts K3s, and whatever ended before. */
export function startRuntime(input: K3sNodeInput): string[] {
  const paths = [...runtimeFiles(input).map(({ path }) => path), ...siteMirrorPaths(runtimeOf(input), input.cluster)];
  const read = paths.map((path) => `"$root${path}"`);
  return runtimeUnits(input).map(
    (unit) => shellText`
# The container runtime, with what its files say now. It is restarted, and not told to read them again: few of its settings change that way.
record=$root/var/lib/edgecdk/runtime
sum=$(sha256sum ${read.join(' ')} | sha256sum)
last=
[ ! -f "$record" ] || IFS= read -r last < "$record" || :
if [ "$last" != "$sum" ] || ! systemctl is-active --quiet ${unit}; then
  if ! systemctl restart ${unit}; then
    say '${unit} does not start; install its package, or see: journalctl -u ${unit}'
    exit 1
  fi
  mkdir -p "\${record%/*}"
  printf '%s\n' "$sum" > "$record.part"
  mv -f "$record.part" "$record"
fi
`,
  );
}
