import type { ChartContent, ContainerContent } from '../../model/workload-model';
import type { UnitRule } from './unit-rule';

export const imagePlatforms: UnitRule = {
  id: 'edgecdk-image-platforms',
  severity: 'warning',
  why: 'an image that is not built for the platform of its node does not start there',
  check({ workload, content }) {
    if (workload.kind !== 'container' && workload.kind !== 'chart') return undefined;
    const { platforms } = content as ContainerContent | ChartContent;
    return platforms && platforms.length > 0
      ? undefined
      : "does not say what its images are built for; name it with platforms, such as ['linux/arm64', 'linux/amd64']";
  },
};
