/** What starts the containers of a machine. */
export type ContainerRuntime = 'containerd' | 'cri-o' | 'docker';
