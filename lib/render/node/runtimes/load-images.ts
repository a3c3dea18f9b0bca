import type { ContainerRuntime } from '../../../model/container-runtime';

/** Gives a container runtime of the machine the archives of a kit. CRI-O has no command of its own, and shares its images with Podman. */
export function loadImages(runtime: ContainerRuntime): string {
  return loadEach(COMMANDS[runtime]);
}

const COMMANDS: Readonly<Record<ContainerRuntime, string>> = {
  containerd: 'ctr --namespace k8s.io images import',
  'cri-o': 'podman load --input',
  docker: 'docker load --input',
};

/** A line for a shell: `command` behind `sudo`, for each archive. */
export function loadEach(command: string): string {
  return `for archive in artifacts/images/*; do sudo ${command} "$archive"; done`;
}
