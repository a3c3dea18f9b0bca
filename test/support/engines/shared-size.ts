import { collect } from '../../../constructs/collect';
import { model } from '../../../constructs/internal';
import { sha256 } from '../../../lib/model/digest';
import { hasErrors, SynthError } from '../../../lib/model/problem';
import { renderFleet } from '../../../lib/synth';
import type { EngineCase } from './engines';
import { type StoreRow, sampleFleet, storeRow } from './sample-fleet';

export interface SharedSize {
  readonly files: number;
  readonly bytes: number;
  /** Of paths and texts. */
  readonly digest: string;
  /** Names of what each site's files are made from. */
  readonly templates: number;
}

/** Content, and what is made for hubs, registries and people: all but records and what sites begin with. */
export function sharedSize({ delivery }: EngineCase, sites: number): SharedSize {
  const fleet = sampleFleet({ delivery, hasWaves: true, stores: Array.from({ length: sites }, (_, i) => rowOf(i)) });
  const { rendering, problems } = renderFleet(collect(fleet, fleet[model]));
  if (hasErrors(problems)) throw new SynthError(problems);
  const shared = [...rendering.files].filter(([path]) => !/(^|\/)sites\//.test(path));
  const templates = [...rendering.clusters.values()].flat().filter(({ place }) => place === 'record' || !place);
  return {
    files: shared.length,
    bytes: shared.reduce((sum, [path, text]) => sum + path.length + Buffer.byteLength(text), 0),
    digest: sha256(JSON.stringify(shared)),
    templates: templates.length,
  };
}

/** All ways in which sites differ come back every 24 sites; names and texts never do. */
function rowOf(i: number): StoreRow {
  return storeRow(`store-${i}`, {
    ...{ storeId: `${i}`, contact: `Ana ${i}`, port: 30_000 + (i % 2000), tills: 1 + (i % 3) },
    ...{ format: i % 2 ? 'super' : 'express', gpus: i % 3 === 0 ? 1 : 0, wave: i % 4 < 2 ? 'pilot' : 'all' },
    ...{ kiosk: i % 8 < 4, archive: i % 3 === 1, release: i % 24 < 12 ? 'store' : 'newer' },
  });
}
