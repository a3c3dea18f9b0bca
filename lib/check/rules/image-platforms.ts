import { statedPlatforms } from '../../model/stated-platforms';
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
