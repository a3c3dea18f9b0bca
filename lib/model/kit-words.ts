/** What people at a machine must know of its distribution. It stands in `node.json`, since a kit is made from an assembly alone. */
export interface KitWords {
  /** What starts on it: `K3s`. */
  readonly title: string;
  /** Gives its cluster what is in `edgecdk/manifests`; run on a server, in the folder of the kit. @default - the cluster is not at the site, and its kits have none */
  readonly applyManifests?: string;
  /** Gives the machine what is in `artifacts/images`; run on it, in the folder of the kit. */
  readonly importImages: string;
  /** What its image must have beside the operating system, and nobody installs: `containerd, with runc`. @default - nothing */
  readonly onImage?: string;
}

/** Of a distribution of which a tree says nothing. */
export function plainKitWords(distribution = 'Kubernetes'): KitWords {
  return {
    title: distribution,
    applyManifests: 'kubectl apply --server-side -f edgecdk/manifests',
    importImages: 'load each archive into the container runtime of the machine',
  };
}
