import { contentOf, render, runs, template } from './fixtures';

const labels = { 'app.kubernetes.io/name': 'pos' };
const metadata = { name: 'pos', namespace: 'shop', labels };

test('a container with nothing said is one hardened Deployment', () => {
  const tolerations = ['not-ready', 'unreachable'].map((reason) => ({
    key: `node.kubernetes.io/${reason}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 604_800,
  }));
  expect(render()).toEqual([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 1,
        revisionHistoryLimit: 2,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            tolerations,
            containers: [
              {
                name: 'pos',
                image: 'ghcr.io/acme/pos:1.4.2',
                imagePullPolicy: 'IfNotPresent',
                resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '256Mi' } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
                volumeMounts: [{ name: 'scratch-tmp', mountPath: '/tmp' }],
              },
            ],
            volumes: [{ name: 'scratch-tmp', emptyDir: { sizeLimit: '64Mi' } }],
          },
        },
      },
    },
  ]);
});

test('what others refer to comes first', () => {
  const objects = render(
    {
      files: { '/etc/pos.json': '{}' },
      env: { PASSWORD: { secret: 'db', key: 'password' } },
      mounts: { '/data': { kind: 'claim', sizeKiB: 1024 } },
      ports: { http: 8080 },
      ingress: { host: 'pos.example', port: 'http' },
    },
    { secrets: { kind: 'external-secrets', location: 'vault' } },
  );
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'ConfigMap pos',
    'ExternalSecret pos-db',
    'PersistentVolumeClaim pos-data',
    'Service pos',
    'Deployment pos',
    'Ingress pos',
  ]);
  for (const object of objects) expect(object.metadata).toMatchObject({ namespace: 'shop', labels });
});

test('pods and selectors bear the name label and no other, whatever runs them', () => {
  for (const run of [runs.replicas(2), runs.stateful(1), runs.everyNode, runs.once, runs.schedule]) {
    const objects = render({ run, files: { '/etc/a': 'a' } });
    expect(template(objects).metadata).toMatchObject({ labels });
    for (const selector of JSON.stringify(objects).matchAll(/"(?:matchLabels|selector)":(\{[^{}]*\})/g)) {
      expect(JSON.parse(selector[1] ?? '')).toEqual(labels);
    }
  }
});

test('another order of mounts, files, ports and devices in the program changes nothing', () => {
  const parts = contentOf({
    mounts: { '/b': { kind: 'scratch', sizeKiB: 1024 }, '/a': { kind: 'host-path', path: '/srv/a' } },
    files: { '/etc/b': 'b', '/etc/a': 'a' },
    ports: { web: 80, admin: 81 },
    devices: ['/dev/ttyUSB1', '/dev/ttyUSB0'],
  });
  const reversed = contentOf({
    mounts: Object.fromEntries(Object.entries(parts.mounts).reverse()),
    files: { '/etc/a': 'a', '/etc/b': 'b' },
    ports: Object.fromEntries(Object.entries(parts.ports).reverse()),
    devices: [...parts.devices].reverse(),
  });
  expect(JSON.stringify(render(reversed))).toBe(JSON.stringify(render(parts)));
});
