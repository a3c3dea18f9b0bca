import { objectsOfSite } from '../../../../../lib/distributions/kubeedge/cloud/per-site';
import type { KubeObject } from '../../../../../lib/model/kube-object';

const externalSecret: KubeObject = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: 'pos-db', namespace: 'shop' },
  spec: {
    secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
    target: { name: 'pos-db', creationPolicy: 'Owner' },
    data: [{ secretKey: 'password', remoteRef: { key: 'sites/van-1/db', property: 'password' } }],
  },
};
const deployment: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'pos', namespace: 'shop' },
  spec: {
    template: {
      spec: {
        containers: [
          {
            name: 'pos',
            env: [
              { name: 'OWN', valueFrom: { secretKeyRef: { name: 'pos-db', key: 'password' } } },
              { name: 'OF_ALL', valueFrom: { secretKeyRef: { name: 'pos-mail', key: 'password' } } },
            ],
          },
        ],
        volumes: [{ name: 'db', secret: { secretName: 'pos-db' } }],
      },
    },
  },
};

test('the Secret that an ExternalSecret makes for a site is that of the site, and its pods find it', () => {
  const [secret, pods] = objectsOfSite([externalSecret, deployment], 'van-1');
  expect(secret).toMatchObject({
    metadata: { name: 'pos-db-van-1' },
    spec: { secretStoreRef: { name: 'vault' }, target: { name: 'pos-db-van-1' } },
  });
  const text = JSON.stringify(pods);
  expect(text).toContain('"secretKeyRef":{"name":"pos-db-van-1"');
  expect(text).toContain('"secretName":"pos-db-van-1"');
});

test('what the workload does not bring for the site keeps its name', () => {
  expect(JSON.stringify(objectsOfSite([deployment], 'van-1'))).toContain('{"name":"pos-db","key"');
  expect(JSON.stringify(objectsOfSite([externalSecret, deployment], 'van-1'))).toContain('{"name":"pos-mail","key"');
});
