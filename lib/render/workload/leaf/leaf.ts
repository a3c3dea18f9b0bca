import type { LeafDeviceContent } from '../../../model/leaf-model';
import type { ModelContext } from '../../../model/site-context';
import type { DeviceModelWorkloadModel, LeafDeviceWorkloadModel } from '../../../model/workload-model';
import { ContentError, perSite, type WorkloadRenderer } from '../../render-context';
import { akriObjects } from './akri';
import { deviceModelObject, deviceObject } from './device-objects';
import { hostDeviceObjects } from './host-device';
import { type LeafAtSite, leafProblems } from './leaf-problems';
import { deviceModelProblems } from './model-problems';

/**
 * The objects of a leaf device at its sites. Behind KubeEdge one Device; its model and its mapper are workloads of their own. Behind others what brings it to
 * a program. Throws all that is wrong with it.
 */
export const renderLeafDevice: WorkloadRenderer<LeafDeviceWorkloadModel> = (leaf, device, context) => {
  const at = leafAtSite(device, context.context);
  const { distribution } = context;
  const problems = leafProblems(device, at, distribution);
  if (problems.length > 0) throw new ContentError(problems.join('; it '));
  if (distribution.name === 'kubeedge') return [deviceObject(leaf.id, device, at, context.nodeOf(leaf.id))];
  const { attachment } = at;
  if (attachment?.kind === 'akri') return akriObjects(leaf, device, at, attachment, context);
  return attachment ? hostDeviceObjects(leaf, device, at, attachment, context) : [];
};

/** What KubeEdge knows of all devices of one kind. */
export const renderDeviceModel: WorkloadRenderer<DeviceModelWorkloadModel> = (_workload, model) => {
  const problems = deviceModelProblems(model);
  if (problems.length > 0) throw new ContentError(problems.join('; it '));
  return [deviceModelObject(model)];
};

/** What the program's functions make of a site. */
export function leafAtSite(device: LeafDeviceContent, context: ModelContext): LeafAtSite {
  const protocol = perSite(device.protocol, context);
  const properties = perSite(device.properties, context);
  if (!protocol || !properties)
    throw new ContentError(
      'has a function that returns nothing for its protocol or properties; return what it describes',
    );
  return { protocol, properties, attachment: perSite(device.attachment, context) };
}
