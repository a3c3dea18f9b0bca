import type { Rule } from '../../model/fleet-model';
import { containersOf, podTemplateOf } from '../../model/pod-template';

export const privileged: Rule = {
  id: 'edgecdk-privileged',
  severity: 'warning',
  why: 'who breaks into such a container has the node, and with it the secrets of the site',
  check({ object }) {
    const spec = podTemplateOf(object)?.spec;
    if (!spec) return undefined;
    const names = containersOf(spec).flatMap((c) => (c.securityContext?.privileged === true ? [c.name ?? '?'] : []));
    const found = [
      ...(names.length > 0 ? [`the privileged container ${names.join(', ')}`] : []),
      ...(spec.hostPID === true ? ['the processes of its node (hostPID)'] : []),
      ...(spec.hostIPC === true ? ['the shared memory of its node (hostIPC)'] : []),
    ];
    return found.length > 0 ? `has ${found.join(' and ')}` : undefined;
  },
};
