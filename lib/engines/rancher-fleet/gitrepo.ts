import type { DeliverySharedCluster } from '../../model/delivery';
import { deliveryFolder } from '../../model/folders';
import type { KubeObject } from '../../model/kube-object';
import { sharedLabel } from './clusters';
import type { RancherFleetModel } from './model';

const apiVersion = 'fleet.cattle.io/v1alpha1';

/** A cluster that sites share, as a bundle: its objects, and those that sites add, by shard. */
export interface SharedBundle {
  readonly name: string;
  /** Folder of its objects, relative to the assembly. */
  readonly base: string;
  /** Its `fleet.yaml`, relative to `delivery/rancher-fleet`. */
  readonly options: string;
  readonly content: object;
}

/** All layers: each folder with a `fleet.yaml` is a bundle, so a new workload needs no change here. */
export function gitRepo(fleet: string, { git, namespace }: RancherFleetModel, workloadsFolder: string): KubeObject {
  return {
    apiVersion,
    kind: 'GitRepo',
    metadata: { name: fleet, namespace },
    spec: { ...source(git), paths: [below(git.path, workloadsFolder)] },
  };
}

/** Folders without a `fleet.yaml` of their own, each named with the one that it gets. */
export function sharedGitRepo(
  fleet: string,
  { git, namespace }: RancherFleetModel,
  bundles: readonly SharedBundle[],
  engine: string,
): KubeObject {
  return {
    apiVersion,
    kind: 'GitRepo',
    metadata: { name: `${fleet}-clusters`, namespace },
    spec: {
      ...source(git),
      bundles: bundles.map(({ base, options }) => ({
        base: below(git.path, base),
        options: `${'../'.repeat(base.split('/').length)}${deliveryFolder(engine)}/${options}`,
      })),
    },
  };
}

export function sharedBundles({ id, folder, siteShards = [] }: DeliverySharedCluster): SharedBundle[] {
  const parts = [
    { name: `cluster-${id}`, base: `${folder}/manifests`, file: 'manifests' },
    ...siteShards.map((shard) => ({
      name: `cluster-${id}-sites-${shard}`,
      base: `${folder}/sites/${shard}`,
      file: `sites-${shard}`,
    })),
  ];
  return parts.map(({ name, base, file }) => ({
    name,
    base,
    options: `clusters/${id}/${file}.yaml`,
    content: {
      name,
      helm: { releaseName: name, takeOwnership: true },
      // What holds data at the sites, and their nodes themselves, stand among the rest.
      keepResources: true,
      correctDrift: { enabled: true },
      overrideTargets: [{ name: 'cluster', clusterSelector: { matchLabels: { [sharedLabel]: id } } }],
    },
  }));
}

/** What a cluster's agent registers with: good for a while, and for any number of clusters. */
export function registrationToken(fleet: string, { namespace }: RancherFleetModel): KubeObject {
  return {
    apiVersion,
    kind: 'ClusterRegistrationToken',
    metadata: { name: fleet, namespace },
    spec: { ttl: '24h' },
  };
}

function source({ url, branch, secret }: RancherFleetModel['git']): object {
  return { repo: url, branch, ...(secret !== undefined && { clientSecretName: secret }) };
}

function below(path: string | undefined, folder: string): string {
  return path === undefined ? folder : `${path}/${folder}`;
}
