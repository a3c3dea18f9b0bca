import type { KubeObject } from '../../../model/kube-object';
import type { HostDeviceAttachment, LeafDeviceModel } from '../../../model/leaf-model';
import { renderContainer } from '../container/container';
import type { Fields } from '../container/names';
import { brokerWorkload, renderContext } from './broker';
import type { LeafContext } from './leaf-context';
import type { LeafContent, LeafParts } from './leaf-problems';

/** Label that the node of a leaf device is registered with. */
export function leafNodeLabel({ id }: Pick<LeafDeviceModel, 'id'>): readonly [key: string, value: string] {
  return [`edgecdk.dev/leaf-${id}`, 'true'];
}

/** A broker on the node that has the device's label. A device file of the node is opened there; a device on the network needs none. */
export function hostDeviceObjects(
  parts: LeafParts,
  content: LeafContent,
  attachment: HostDeviceAttachment,
  context: LeafContext,
): KubeObject[] {
  const { protocol } = content;
  const device = attachment.device ?? (protocol.kind === 'modbus-rtu' ? protocol.device : undefined);
  const workload = brokerWorkload(parts, content, attachment, device === undefined ? [] : [device]);
  return renderContainer(workload, workload.content, renderContext(context)).map((object) =>
    onLabelledNode(object, parts.leaf),
  );
}

interface PodOwner {
  readonly template?: { readonly spec?: Fields };
}

/** Besides what the pod asks of its node already: all expressions of one term must hold, while of several terms one would do. */
function onLabelledNode(object: KubeObject, leaf: LeafDeviceModel): KubeObject {
  const spec = object.spec as PodOwner | undefined;
  const pod = spec?.template?.spec;
  if (!pod) return object;
  const [key, value] = leafNodeLabel(leaf);
  const label = { key, operator: 'In', values: [value] };
  const affinity = (pod.affinity ?? {}) as {
    readonly nodeAffinity?: {
      readonly requiredDuringSchedulingIgnoredDuringExecution?: { readonly nodeSelectorTerms: readonly Term[] };
    };
  };
  const [term] = affinity.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const nodeSelectorTerms = [{ matchExpressions: [...(term?.matchExpressions ?? []), label] }];
  const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  const template = { ...spec.template, spec: { ...pod, affinity: { ...affinity, nodeAffinity } } };
  return { ...object, spec: { ...spec, template } };
}

interface Term {
  readonly matchExpressions?: readonly Fields[];
}
