import { TokenTable } from '../../../lib/model/token';
import { claimsOf } from '../../../lib/write/claims';

/** A claim that is named after its site and has a size of the site's, as made with these holes. */
function claims(...holes: readonly string[]) {
  const tokens = new TokenTable(holes);
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: `db-${tokens.text('site.name')}` },
    spec: { resources: { requests: { storage: `${tokens.number('site.values.size')}Gi` } } },
  };
  return claimsOf([claim], tokens);
}

test('claims are known by names of holes, whatever other values the fleet has', () => {
  expect(claims('site.name', 'site.values.size')).toEqual({ 'claim default/db-{site.name}': '{site.values.size}Gi' });
  expect(claims('a', 'b', 'site.name', 'c', 'site.values.size')).toEqual(claims('site.name', 'site.values.size'));
});
