import type { FileRecord } from '../../../lib/model/assembly-record';
import type { RenderUnit } from '../../../lib/model/plan';
import { claimsOnNode } from '../../../lib/nodes/volumes';

function unit(id: string, kind: string, content: object = {}, onNodes?: readonly string[]): RenderUnit {
  const workload = {
    id,
    kind,
    namespace: `${id}-ns`,
    path: `grocer/${id}`,
    placement: { where: [], except: [], onNodes },
  };
  return { id, workload, content } as unknown as RenderUnit;
}

const claim = { kind: 'claim', sizeKiB: 1 };
const mounts = { '/var/lib/pos': claim, '/tmp/x': { kind: 'scratch', sizeKiB: 1 } };
const one = unit('pos', 'container', { mounts, run: { kind: 'replicas', replicas: 1 } });
const each = unit('db', 'container', { mounts: { '/data': claim }, run: { kind: 'stateful', replicas: 2 } });
const file = (workload: string, claims?: Readonly<Record<string, string>>): FileRecord => ({
  template: '',
  workload,
  retire: 'keep',
  holes: [],
  kinds: [],
  claims,
});

test.each<[string, readonly RenderUnit[], Readonly<Record<string, FileRecord>> | undefined, readonly string[]]>([
  ['containers tell their claims', [one, each], undefined, ['db-ns/data-db-*', 'pos-ns/pos-var-lib-pos']],
  ['of others anything may be one', [unit('map', 'chart'), unit('log', 'helm')], undefined, ['log-ns/*', 'map-ns/*']],
  [
    'an assembly knows those of every object',
    [unit('map', 'chart'), unit('log', 'helm'), one],
    {
      map: file('map', { 'claim map-ns/tiles': '1Gi', 'claim data of StatefulSet map-ns/index': '1Gi' }),
      other: file('other', { 'claim x/y': '1Gi' }),
      pos: file('pos'),
    },
    ['log-ns/*', 'map-ns/data-index-*', 'map-ns/tiles'],
  ],
  [
    'what may not run on the node has none there',
    [unit('map', 'chart', {}, ['grocer/till']), unit('log', 'helm', {}, ['grocer/till', 'grocer/box'])],
    undefined,
    ['log-ns/*'],
  ],
])('%s', (_what, units, files, claims) => {
  expect(claimsOnNode('grocer/box', units, files)).toEqual(claims);
});
