import type { Rule } from '../../model/fleet-model';
import { podTemplateOf } from '../../model/pod-template';

export const hostNetwork: Rule = {
  id: 'edgecdk-host-network',
  severity: 'warning',
  why: 'such a pod sees all traffic of the node, no network policy holds for it, and its ports are taken on the node',
  check({ object }) {
    return podTemplateOf(object)?.spec.hostNetwork === true ? 'uses the network of its node' : undefined;
  },
};
