import type { Rule } from '../../model/fleet-model';
import { hostNetwork } from './host-network';
import { imagePlatforms } from './image-platforms';
import { imageTag } from './image-tag';
import { kubeEdgeDevice } from './kubeedge-device';
import { literalSecret } from './literal-secret';
import { privileged } from './privileged';
import { requests } from './requests';
import { secretInText } from './secret-in-text';
import type { UnitRule } from './unit-rule';

/** Each looks at one rendered object. */
export const objectRules: readonly Rule[] = [
  hostNetwork,
  imageTag,
  kubeEdgeDevice,
  literalSecret,
  privileged,
  requests,
  secretInText,
];
/** Each looks at what a render unit declares. */
export const unitRules: readonly UnitRule[] = [imagePlatforms];

export const builtInIds: readonly string[] = [...objectRules, ...unitRules].map((rule) => rule.id);
