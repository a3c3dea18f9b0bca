import type { Rule } from '../../model/fleet-model';
import { listOf, podTemplateOf } from '../../model/pod-template';

export const requests: Rule = {
  id: 'edgecdk-requests',
  severity: 'warning',
  why: 'memory that is not asked for is not counted against the hardware, and the kubelet ends such a container first',
  check({ object }) {
    const containers = listOf(podTemplateOf(object)?.spec.containers);
    const names = containers
      .filter(({ resources }) => (resources?.requests?.memory ?? resources?.limits?.memory) === undefined)
      .map((container) => container.name ?? '?');
    return names.length > 0
      ? `asks for no memory in ${names.length === 1 ? 'the container' : 'the containers'} ${names.join(', ')}; set resources.requests.memory`
      : undefined;
  },
};
