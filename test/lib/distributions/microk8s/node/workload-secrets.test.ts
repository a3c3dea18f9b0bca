import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { microk8sWorkloadSecrets } from '../../../../../lib/distributions/microk8s/node/workload-secrets';
import { filesOf, withFiles } from '../../../../support/with-files';

const files = microk8sWorkloadSecrets({
  folder: '/etc/edgecdk/secrets',
  secrets: [{ workload: 'pos', secret: 'db', keys: ['password'], namespace: 'shop', object: 'pos-db' }],
});
const KUBECTL = 'snap/microk8s/current/kubectl';
const ADMIN = 'var/snap/microk8s/current/credentials/client.config';

/** Answers as kubectl would, and keeps what it was called with and what was applied. */
const STUB = `#!/bin/sh
sim=$EDGECDK_ROOT/sim
echo "$*" >> "$sim/calls"
case $* in
  *'get namespaces'*) [ ! -f "$sim/down" ] && echo namespace/shop ;;
  *'get deployments'*) echo deployment.apps/pos ;;
  *'apply --server-side'*) cat > "$sim/applied" ;;
  *) exit 64 ;;
esac
`;

function run(more: Readonly<Record<string, string>> = {}) {
  const all = {
    ...Object.fromEntries(files.map(({ path, text }) => [path.slice(1), text])),
    [KUBECTL]: STUB,
    'sim/calls': '',
    'etc/edgecdk/identity.env': 'NODE_NAME=depot-1-rack-1\nRANK=0\n',
    'etc/edgecdk/secrets/db/password': 'hunter2',
    ...more,
  };
  return withFiles(all, (root) => {
    chmodSync(join(root, KUBECTL), 0o755);
    const script = join(root, 'etc/edgecdk/scripts/workload-secrets.sh');
    const { status, stderr } = spawnSync('sh', [script], {
      env: { PATH: process.env.PATH, EDGECDK_ROOT: root },
      encoding: 'utf8',
    });
    const { 'sim/calls': calls = '', 'sim/applied': applied } = filesOf(root);
    return { status, stderr, applied, calls: calls.replaceAll(`${root}/`, '/').trim().split('\n') };
  });
}

test('a Secret is made from its files, with the kubectl of the snap and the rights of an administrator', () => {
  const { status, applied, calls } = run();
  expect(status).toBe(0);
  expect(applied).toContain(`"password": "${Buffer.from('hunter2').toString('base64')}"`);
  expect(calls.filter((call) => !call.startsWith(`--kubeconfig=/${ADMIN} `))).toEqual([]);
  expect(calls.at(-1)).toContain('apply --server-side --force-conflicts --field-manager=edgecdk');
});

test('a cluster that does not answer, and a file that a workload waits for, are looked at again', () => {
  expect(run({ 'sim/down': '' })).toMatchObject({
    status: 75,
    stderr: expect.stringContaining('MicroK8s does not answer'),
  });
  expect(run({ 'etc/edgecdk/secrets/db/password': '' })).toMatchObject({
    status: 75,
    stderr: expect.stringMatching(/the workload pos waits for its Secret shop\/pos-db/),
  });
});

test('of several servers that of rank 0 makes them', () => {
  const { status, calls } = run({ 'etc/edgecdk/identity.env': 'NODE_NAME=depot-1-rack-2\nRANK=1\n' });
  expect([status, calls]).toEqual([0, ['']]);
});

test('its timer starts with the service that has the API server', () => {
  expect(files.map(({ path }) => path)).toContain(
    '/etc/systemd/system/snap.microk8s.daemon-kubelite.service.d/60-edgecdk-workload-secrets.conf',
  );
  expect(files.filter(({ text }) => text.includes('k3s')).map(({ path }) => path)).toEqual([]);
});
