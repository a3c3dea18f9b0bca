import {
  type AkriAttachment,
  type HostDeviceAttachment,
  type LeafDeviceContent,
  loginPath,
  loginsOf,
} from '../../../model/leaf-model';
import type { ContainerContent, ContainerWorkloadModel, LeafDeviceWorkloadModel } from '../../../model/workload-model';
import { DESCRIPTION_FILE, leafDescription } from './description';
import type { LeafAtSite } from './leaf-problems';

/** The program that serves a device, as the container that it is. It bears the device's id, and is told of it by a file. */
export function brokerWorkload(
  { path, id, owner, namespace, placement }: LeafDeviceWorkloadModel,
  { model }: LeafDeviceContent,
  at: LeafAtSite,
  { broker }: AkriAttachment | HostDeviceAttachment,
  devices: readonly string[],
): ContainerWorkloadModel & { readonly content: ContainerContent } {
  const logins = loginsOf(at.protocol);
  return {
    kind: 'container',
    path,
    id,
    owner,
    namespace,
    placement,
    variants: [],
    content: {
      ...broker,
      devices: [...new Set([...broker.devices, ...devices])],
      files: {
        [DESCRIPTION_FILE]: leafDescription(id, model, at),
        ...Object.fromEntries(logins.map((login) => [loginPath(login), login])),
      },
    },
  };
}
