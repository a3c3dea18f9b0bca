import { sorted } from '../../../model/digest';
import { Encode } from '../../../model/encode';
import { type DeviceModelRecord, protocolName } from '../../../model/leaf-model';
import type { LeafAtSite } from './leaf-problems';
import { protocolSettings, visitorSettings } from './settings';

/** Where a broker finds what it serves. */
export const DESCRIPTION_FILE = '/etc/edgecdk/leaf/device.json';

/**
 * What a broker is told, in the words that a mapper of KubeEdge is told it: a program can serve the device behind all distributions. JSON, since numbers
 * keep their size in it.
 */
export function leafDescription(id: string, model: DeviceModelRecord, { protocol, properties }: LeafAtSite): string {
  const entries = sorted(Object.entries(properties), ([name]) => name);
  return `${json({
    name: id,
    model: model.id,
    protocol: { protocolName: protocolName(protocol), configData: protocolSettings(protocol) },
    properties: entries.map(([name, { visitor, collectMs, reportMs, desired }]) => {
      const kind = model.properties[name];
      return {
        name,
        type: kind?.type,
        accessMode: kind?.writable ? 'ReadWrite' : 'ReadOnly',
        unit: kind?.unit,
        collectCycle: collectMs,
        reportCycle: reportMs,
        desired: desired === undefined ? undefined : String(desired),
        configData: kind && visitorSettings(visitor, kind.type, kind.writable),
      };
    }),
  })}\n`;
}

/** JSON in which site values are written as what they are, whatever stands in them. */
function json(value: unknown, indent = ''): string {
  if (typeof value === 'string' || typeof value === 'number') return Encode.json(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((item) => json(item, inner))
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => `${JSON.stringify(key)}: ${json(member, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (members.length === 0) return `${open}${close}`;
  return `${open}\n${members.map((member) => inner + member).join(',\n')}\n${indent}${close}`;
}
