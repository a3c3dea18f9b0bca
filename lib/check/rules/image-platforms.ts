import type { LeafDeviceContent } from '../../model/leaf-model';
import type { RenderUnit } from '../../model/plan';
import type { Platform } from '../../model/platform';
import type { ChartContent, ContainerContent } from '../../model/workload-model';
import type { UnitRule } from './unit-rule';

export const imagePlatforms: UnitRule = {
  id: 'edgecdk-image-platforms',
  severity: 'warning',
  why: 'an image that is not built for the platform of its node does not start there',
  check(unit) {
    return statedPlatforms(unit)?.length === 0
      ? "does not say what its images are built for; name it with platforms, such as ['linux/arm64', 'linux/amd64']"
      : undefined;
  },
};

/** What a unit's images are built for: none where it does not say, and undefined for content that cannot say it. */
export function statedPlatforms({ workload, content, distribution }: RenderUnit): readonly Platform[] | undefined {
  switch (workload.kind) {
    case 'container':
    case 'chart':
      return (content as ContainerContent | ChartContent).platforms ?? [];
    case 'leaf-device': {
      const { attachment } = content as LeafDeviceContent;
      if (distribution.name === 'kubeedge' || typeof attachment !== 'object') return undefined;
      return attachment.broker.platforms ?? [];
    }
    default:
      return undefined;
  }
}
