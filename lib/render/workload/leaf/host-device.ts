import type { KubeObject } from '../../../model/kube-object';
import type { HostDeviceAttachment, LeafDeviceContent } from '../../../model/leaf-model';
import type { LeafDeviceWorkloadModel } from '../../../model/workload-model';
import type { RenderContext } from '../../render-context';
import { renderContainer } from '../container/container';
import type { Fields } from '../container/names';
import { brokerWorkload } from './broker';
import type { LeafAtSite } from './leaf-problems';

/**
 * Label of every node with its name in it. One of our own would reach a node only when it registers: a device that comes later, or the machine's
 * replacement, would be left without. @see https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetesiohostname
 */
const NODE_LABEL = 'kubernetes.io/hostname';

/** A broker on the node that the device hangs on. A device file of the node is opened there; a device on the network needs none. */
export function hostDeviceObjects(
  leaf: LeafDeviceWorkloadModel,
  device: LeafDeviceContent,
  at: LeafAtSite,
  attachment: HostDeviceAttachment,
  context: RenderContext,
): KubeObject[] {
  const { protocol } = at;
  const file = attachment.device ?? (protocol.kind === 'modbus-rtu' ? protocol.device : undefined);
  const workload = brokerWorkload(leaf, device, at, attachment, file === undefined ? [] : [file]);
  const nodeName = context.nodeOf(leaf.id);
  return renderContainer(workload, workload.content, context).map((object) => onNode(object, nodeName));
}

interface PodOwner {
  readonly template?: { readonly spec?: Fields };
}

/** Besides what the pod asks of its node already: all expressions of one term must hold, while of several terms one would do. */
function onNode(object: KubeObject, nodeName: string): KubeObject {
  const spec = object.spec as PodOwner | undefined;
  const pod = spec?.template?.spec;
  if (!pod) return object;
  const label = { key: NODE_LABEL, operator: 'In', values: [nodeName] };
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
