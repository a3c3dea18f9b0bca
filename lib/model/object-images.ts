import { containerImages } from './container-images';
import { apiGroup, type KubeObject } from './kube-object';
import { containersOf, type PodSpec, podTemplateOf } from './pod-template';

/** Images of pods that an object makes. */
export interface PodImages {
  /** As they are written, with tokens. */
  readonly images: readonly string[];
  /** What says to which nodes the pods may go; nothing of it is known of objects of other kinds. */
  readonly pods: PodSpec;
}

/** What an object has pulled: by its pods, and by those that somebody makes who acts upon it. */
export function imagesOf(object: KubeObject): PodImages {
  const pods = podTemplateOf(object)?.spec;
  if (pods) return { images: containersOf(pods).flatMap(({ image }) => (isText(image) ? [image] : [])), pods };
  const spec = (object.spec ?? {}) as Readonly<Record<string, unknown>>;
  switch (`${apiGroup(object.apiVersion)}/${object.kind}`) {
    case 'upgrade.cattle.io/Plan':
      return { images: planImages(spec), pods: {} };
    case 'helm.cattle.io/HelmChart':
      return { images: isText(spec.jobImage) ? [spec.jobImage] : [], pods: {} };
    default:
      return { images: containerImages(object), pods: {} };
  }
}

/** The tag of an image without one is the version, in which a plus is no letter of a tag. @see rancher/system-upgrade-controller, pkg/upgrade/container */
function planImages({ prepare, upgrade, version }: Readonly<Record<string, unknown>>): string[] {
  const tag = isText(version) ? version.replaceAll('+', '-') : undefined;
  return [prepare, upgrade].flatMap((container) => {
    const { image } = (container ?? {}) as { readonly image?: unknown };
    if (!isText(image)) return [];
    return /[:@][^/]*$/.test(image) || tag === undefined ? [image] : [`${image}:${tag}`];
  });
}

export interface ChartUse {
  readonly chart: string;
  readonly version: string;
  /** @default - the chart says where it is: `oci://` */
  readonly repo?: string;
}

/** The Helm chart that an object stands for: which images are in it, nobody knows before it is rendered. */
export function chartOf({ apiVersion, kind, spec }: KubeObject): ChartUse | undefined {
  if (`${apiGroup(apiVersion)}/${kind}` !== 'helm.cattle.io/HelmChart') return undefined;
  const { chart, version, repo } = (spec ?? {}) as Readonly<Record<string, unknown>>;
  if (!isText(chart)) return undefined;
  return { chart, version: isText(version) ? version : '-', ...(isText(repo) && { repo }) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
