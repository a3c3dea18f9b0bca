import { AKRI_API, AKRI_ONVIF_LOGIN, AKRI_PLACEHOLDER } from '../../../catalog/akri';
import type { KubeObject } from '../../../model/kube-object';
import {
  type AkriAttachment,
  type AkriDiscoveryModel,
  type LeafDeviceContent,
  loginsOf,
} from '../../../model/leaf-model';
import type { ContainerWorkloadModel, LeafDeviceWorkloadModel } from '../../../model/workload-model';
import { yamlText } from '../../node/yaml-text';
import { perSite, type RenderContext } from '../../render-context';
import { configFiles } from '../container/config-files';
import type { Fields } from '../container/names';
import { podTemplate } from '../container/pod-template';
import { isSecretKey, secretName, secretObjects } from '../container/secrets';
import { storageOf } from '../container/storage';
import { discoveryOf } from './akri-problems';
import { brokerWorkload } from './broker';
import type { LeafAtSite } from './leaf-problems';

/**
 * An Akri Configuration and what its broker refers to. Akri itself must run in the cluster, with the handler that is named. What a Configuration discovers
 * cannot be changed in place: newer releases refuse it, so another device is another id.
 */
export function akriObjects(
  leaf: LeafDeviceWorkloadModel,
  device: LeafDeviceContent,
  at: LeafAtSite,
  attachment: AkriAttachment,
  context: RenderContext,
): KubeObject[] {
  const discovery = discoveryOf(attachment, at.protocol);
  if (!discovery) return []; // a problem that has been told
  const workload = brokerWorkload(leaf, device, at, attachment, []);
  const files = configFiles(workload, workload.content, perSite(workload.content.files, context.context) ?? {});
  const env = perSite(workload.content.env, context.context) ?? {};
  const secrets = [...Object.values(env).filter(isSecretKey), ...files.secretKeys];
  const pod = podTemplate(
    workload,
    workload.content,
    { env, files, storage: storageOf(workload, workload.content) },
    context,
  );
  const metadata = { name: leaf.id, namespace: leaf.namespace };
  const configuration: KubeObject = {
    apiVersion: AKRI_API,
    kind: 'Configuration',
    metadata,
    spec: {
      discoveryHandler: {
        name: discovery.kind === 'handler' ? discovery.name : discovery.kind,
        discoveryDetails: detailsOf(discovery),
        discoveryProperties: loginProperties(workload, at, discovery),
      },
      capacity: attachment.capacity,
      brokerSpec: { brokerPodSpec: brokerPod(pod.spec as Fields) },
    },
  };
  return [...(files.configMap ? [files.configMap] : []), ...secretObjects(workload, secrets, context), configuration];
}

/**
 * The pod as Akri completes it: it puts the device's resource in the place of a word, in requests and limits both, and adds the node as one more term of the
 * node affinity. Of several terms one will do, so a term of ours would let the broker go where the device is not: the pod has none.
 * @see https://github.com/project-akri/akri/blob/main/shared/src/k8s/pod.rs
 */
function brokerPod(spec: Fields): Fields {
  const { affinity: _none, topologySpreadConstraints: _spread, ...pod } = spec;
  const containers = pod.containers as readonly (Fields & { readonly resources: Resources })[];
  return {
    ...pod,
    containers: containers.map((container) => ({
      ...container,
      resources: {
        requests: { ...container.resources.requests, [AKRI_PLACEHOLDER]: '1' },
        limits: { ...container.resources.limits, [AKRI_PLACEHOLDER]: '1' },
      },
    })),
  };
}

interface Resources {
  readonly requests?: Fields;
  readonly limits?: Fields;
}

/** The details are YAML in a text, which the handler parses. @see https://docs.akri.sh/discovery-handlers */
function detailsOf(discovery: AkriDiscoveryModel): string {
  switch (discovery.kind) {
    case 'udev':
      return yamlText({ groupRecursive: true, udevRules: [...discovery.rules] });
    case 'onvif':
      return yamlText({
        ...(discovery.addresses.length > 0 && { ipAddresses: include(discovery.addresses) }),
        ...(discovery.uuids.length > 0 && { uuids: include(discovery.uuids) }),
        discoveryTimeoutSeconds: 2,
      });
    case 'opcua':
      return yamlText({ opcuaDiscoveryMethod: { standard: { discoveryUrls: [...discovery.urls] } } });
    case 'handler':
      return discovery.details;
  }
}

function include(items: readonly string[]): Fields {
  return { action: 'Include', items: [...items] };
}

/** The ONVIF handler logs in itself, to ask a camera for its UUID and addresses. */
function loginProperties(
  workload: ContainerWorkloadModel,
  { protocol }: LeafAtSite,
  discovery: AkriDiscoveryModel,
): Fields[] | undefined {
  if (protocol.kind !== 'onvif' || discovery.kind !== 'onvif') return undefined;
  const [login] = loginsOf(protocol);
  if (!login) return undefined;
  const name = secretName(workload, login);
  return [
    { name: AKRI_ONVIF_LOGIN.user, value: protocol.user },
    {
      name: AKRI_ONVIF_LOGIN.password,
      valueFrom: { secretKeyRef: { name, namespace: workload.namespace, key: login.key } },
    },
  ];
}
