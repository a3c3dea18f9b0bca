import { sharedContent } from '../../../../lib/engines/argo-cd/shared-content';
import { contentOf } from './sample-content';

test('a chart asks for the values that it writes, so that none is silently empty', () => {
  const files = sharedContent(contentOf());
  expect(JSON.parse(files.get('pos/gpu.k3s/values.schema.json') ?? '')).toEqual({
    type: 'object',
    required: ['v'],
    properties: { v: { type: 'object', required: ['values__port', 'values__store'] } },
  });
  expect(JSON.parse(files.get('edgecdk-cluster/store/values.schema.json') ?? '')).toEqual({
    type: 'object',
    properties: { v: { type: 'object' } },
  });
});

test('charts of others are no content on a hub, and an Application each at sites', () => {
  const folders = (shape: 'hub' | 'site') => [
    ...new Set(
      [...sharedContent(contentOf({ options: { shape } })).keys()].map((path) => path.split('/', 2).join('/')),
    ),
  ];
  expect(folders('hub')).toEqual(['edgecdk-cluster/store', 'pos/default', 'pos/gpu.k3s']);
  expect(folders('site')).toEqual([
    'edgecdk-cluster/store',
    'metrics/default',
    'metrics/old',
    'pos/default',
    'pos/gpu.k3s',
  ]);
});
