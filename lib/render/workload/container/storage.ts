import { pathSlug } from '../../../model/container-path';
import { sorted } from '../../../model/digest';
import type { KubeObject } from '../../../model/kube-object';
import type { ContainerContent, ContainerWorkloadModel, StorageModel } from '../../../model/workload-model';
import { ContentError } from '../../render-context';
import { type Fields, metadataOf } from './names';
import { sizeQuantity } from './resources';

/** What stands behind paths in the container. */
export interface PodStorage {
  readonly volumes: readonly Fields[];
  readonly volumeMounts: readonly Fields[];
  /** Claims of the workload as a whole. */
  readonly claims: readonly KubeObject[];
  /** Claims that a StatefulSet makes for each of its pods. */
  readonly claimTemplates: readonly Fields[];
}

/**
 * Most programs write to `/tmp` and few say so, so a container whose own file system is read-only gets an empty one: on disk, since in memory it
 * would count against the container's limit.
 */
const tmp: StorageModel = { kind: 'scratch', sizeKiB: 64 * 1024 };

/** By path, so that another order in the program restarts nothing. */
export function storageOf(workload: ContainerWorkloadModel, content: ContainerContent): PodStorage {
  const mounts = content.security.writableRoot ? content.mounts : { '/tmp': tmp, ...content.mounts };
  const entries = sorted(Object.entries(mounts), ([path]) => path);
  refuseSharedClaims(content);
  const perPod = content.run.kind === 'stateful';
  const claims = entries.filter((entry): entry is [string, ClaimModel] => entry[1].kind === 'claim');
  return {
    volumes: [
      ...entries
        .filter(([, storage]) => !(perPod && storage.kind === 'claim')) // those are made from the template of the same name
        .map(([path, storage]) => ({ name: volumeName(path, storage), ...volumeSource(workload, path, storage) })),
      ...[...content.devices]
        .sort()
        .map((path) => ({ name: deviceVolume(path), hostPath: { path, type: 'CharDevice' } })),
    ],
    volumeMounts: [
      ...entries.map(([path, storage]) => ({ name: volumeName(path, storage), mountPath: path })),
      ...[...content.devices].sort().map((path) => ({ name: deviceVolume(path), mountPath: path })),
    ],
    claims: perPod ? [] : claims.map(([path, claim]) => volumeClaim(workload, path, claim)),
    claimTemplates: perPod
      ? claims.map(([path, claim]) => ({ metadata: { name: pathSlug(path) }, spec: claimSpec(claim) }))
      : [],
  };
}

type ClaimModel = Extract<StorageModel, { readonly sizeKiB: number }>;

/** A claim is of one node at a time, so pods on several nodes cannot share it. */
function refuseSharedClaims({ run, mounts }: ContainerContent): void {
  const claim = Object.entries(mounts).find(([, storage]) => storage.kind === 'claim')?.[0];
  if (claim === undefined) return;
  if (run.kind === 'every-node') {
    throw new ContentError(
      `mounts a volume claim at ${claim} and runs on every node; one claim cannot be on several nodes, so mount a folder of each with Storage.hostPath`,
    );
  }
  if (run.kind === 'replicas' && run.replicas > 1) {
    throw new ContentError(
      `mounts a volume claim at ${claim} in ${run.replicas} replicas; one claim cannot be on several nodes, so give each a claim of its own with Run.stateful(${run.replicas})`,
    );
  }
}

function volumeName(path: string, storage: StorageModel): string {
  const slug = pathSlug(path);
  return { claim: slug, scratch: `scratch-${slug}`, 'host-path': `host-${slug}` }[storage.kind];
}

function deviceVolume(path: string): string {
  return `device-${pathSlug(path)}`;
}

function volumeSource(workload: ContainerWorkloadModel, path: string, storage: StorageModel): Fields {
  switch (storage.kind) {
    case 'host-path':
      return { hostPath: { path: storage.path, type: 'DirectoryOrCreate' } };
    case 'claim':
      return { persistentVolumeClaim: { claimName: metadataOf(workload, pathSlug(path)).name } };
    case 'scratch':
      return { emptyDir: { sizeLimit: sizeQuantity(storage.sizeKiB) } };
  }
}

function volumeClaim(workload: ContainerWorkloadModel, path: string, claim: ClaimModel): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadataOf(workload, pathSlug(path)),
    spec: claimSpec(claim),
  };
}

/** Without a class: the cluster's default one. */
function claimSpec({ sizeKiB }: ClaimModel): Fields {
  return { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: sizeQuantity(sizeKiB) } } };
}
