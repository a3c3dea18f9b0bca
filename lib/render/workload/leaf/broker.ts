import { type AkriAttachment, type HostDeviceAttachment, loginPath } from '../../../model/leaf-model';
import type { ContainerContent, ContainerWorkloadModel, SecretKeyModel } from '../../../model/workload-model';
import type { RenderContext } from '../../render-context';
import { DESCRIPTION_FILE, leafDescription } from './description';
import type { LeafContext } from './leaf-context';
import type { LeafContent, LeafParts } from './leaf-problems';

/** The program that serves a device, as the container that it is. It bears the device's id, and is told of it by a file. */
export function brokerWorkload(
  { leaf, model }: LeafParts,
  content: LeafContent,
  { broker }: AkriAttachment | HostDeviceAttachment,
  devices: readonly string[],
): ContainerWorkloadModel & { readonly content: ContainerContent } {
  const logins = loginsOf(content);
  return {
    kind: 'container',
    path: leaf.path,
    id: leaf.id,
    namespace: model.namespace,
    placement: leaf.placement,
    variants: [],
    content: {
      ...broker,
      devices: [...new Set([...broker.devices, ...devices])],
      files: {
        [DESCRIPTION_FILE]: leafDescription(leaf.id, model, content),
        ...Object.fromEntries(logins.map((login) => [loginPath(login), login])),
      },
    },
  };
}

export function loginsOf({ protocol }: LeafContent): SecretKeyModel[] {
  return protocol.kind === 'onvif' ? [protocol.login] : [];
}

/** What the renderer of containers needs. It reads no files. */
export function renderContext({ context, deviceClasses, secrets }: LeafContext): RenderContext {
  return { context, deviceClasses, secrets, readFile: () => '' };
}
