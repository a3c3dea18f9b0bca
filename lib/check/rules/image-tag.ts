import type { Rule } from '../../model/fleet-model';
import { containersOf, podTemplateOf } from '../../model/pod-template';
import { hasToken } from '../../model/token';

export const imageTag: Rule = {
  id: 'edgecdk-image-tag',
  severity: 'warning',
  why: 'what such a name means changes by itself, so sites would run different programs without a change of the fleet',
  check({ object }) {
    const pod = podTemplateOf(object);
    const images = pod ? containersOf(pod.spec).flatMap(({ image }) => (isFloating(image) ? [image] : [])) : [];
    return images.length > 0
      ? `has images without a fixed tag or digest: ${[...new Set(images)].join(', ')}; name the release`
      : undefined;
  },
};

function isFloating(image: string | undefined): image is string {
  if (typeof image !== 'string' || image.includes('@')) return false;
  const last = image.slice(image.lastIndexOf('/') + 1);
  const tag = last.includes(':') ? last.slice(last.indexOf(':') + 1) : undefined;
  if (tag === undefined) return !hasToken(last); // a site value may hold the tag
  return tag === 'latest';
}
