import type { KubeObject } from '../../../model/kube-object';
import type { DeviceModelRecord } from '../../../model/leaf-model';
import { ContentError, perSite } from '../../render-context';
import { akriObjects } from './akri';
import { deviceModelObject, deviceObject } from './device-objects';
import { hostDeviceObjects } from './host-device';
import type { LeafContext } from './leaf-context';
import { type LeafContent, type LeafParts, leafProblems } from './leaf-problems';
import { deviceModelProblems } from './model-problems';

/**
 * The objects of a leaf device at its sites. Behind KubeEdge one Device, with the site in its name, since one cluster has all sites; its model and its mapper
 * are objects of their own (`renderDeviceModel`, `mapperWorkload`). Behind others what brings it to a program.
 * Throws what is wrong; `leafProblems` lists it.
 */
export function renderLeaf(parts: LeafParts, context: LeafContext): KubeObject[] {
  const content = leafContent(parts, context);
  const problems = leafProblems(parts, content, context);
  if (problems.length > 0) throw new ContentError(problems.join('; it '));
  const { leaf, model } = parts;
  if (context.distribution === 'kubeedge') {
    const name = `${leaf.id}-${context.context.site.name}`;
    return [deviceObject(leaf, model, { name, nodeName: context.nodeName, ...content })];
  }
  const { attachment } = content;
  if (attachment?.kind === 'akri') return akriObjects(parts, content, attachment, context);
  return attachment ? hostDeviceObjects(parts, content, attachment, context) : [];
}

/** What KubeEdge knows of a kind of device: once for each cluster that has such devices, and nothing behind other distributions. */
export function renderDeviceModel(model: DeviceModelRecord): KubeObject {
  const problems = deviceModelProblems(model);
  if (problems.length > 0) throw new ContentError(problems.join('; it '));
  return deviceModelObject(model);
}

/** What the program's functions make of a site. */
export function leafContent({ leaf }: LeafParts, { context }: LeafContext): LeafContent {
  const protocol = perSite(leaf.protocol, context);
  const properties = perSite(leaf.properties, context);
  if (!protocol || !properties)
    throw new ContentError(
      'has a function that returns nothing for its protocol or properties; return what it describes',
    );
  return { protocol, properties, attachment: perSite(leaf.attachment, context) };
}
