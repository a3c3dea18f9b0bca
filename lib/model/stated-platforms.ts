import type { LeafDeviceContent } from './leaf-model';
import type { RenderUnit } from './plan';
import type { Platform } from './platform';
import type { ChartContent, ContainerContent } from './workload-model';

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
