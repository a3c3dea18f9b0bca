import { podSpec, render, runs } from './fixtures';

describe('replicas are a Deployment whose update needs no room for a further pod', () => {
  test.each([
    [0, { type: 'Recreate' }],
    [1, { type: 'Recreate' }],
    [2, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }],
    [5, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }],
  ])('%d', (replicas, strategy) => {
    expect(render({ run: runs.replicas(replicas) })).toMatchObject([
      { kind: 'Deployment', spec: { replicas, strategy } },
    ]);
  });
});

test('every node is a DaemonSet that is updated node by node', () => {
  const [object] = render({ run: runs.everyNode });
  expect(object).toMatchObject({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'pos' } });
  expect(object?.spec).toEqual({
    revisionHistoryLimit: 2,
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '50%' } },
    selector: { matchLabels: { 'app.kubernetes.io/name': 'pos' } },
    template: expect.anything(),
  });
});

test('stateful is a StatefulSet with claims of its pods and a headless Service', () => {
  const objects = render({ run: runs.stateful(3), mounts: { '/data': { kind: 'claim', sizeKiB: 2 * 1024 * 1024 } } });
  expect(objects.map((o) => o.kind)).toEqual(['Service', 'StatefulSet']);
  expect(objects[1]?.spec).toEqual({
    serviceName: 'pos',
    replicas: 3,
    revisionHistoryLimit: 2,
    podManagementPolicy: 'Parallel',
    updateStrategy: { type: 'RollingUpdate' },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    selector: { matchLabels: { 'app.kubernetes.io/name': 'pos' } },
    template: expect.anything(),
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
      },
    ],
  });
  expect(podSpec(objects).volumes).toEqual([{ name: 'scratch-tmp', emptyDir: { sizeLimit: '64Mi' } }]);
  expect(podSpec(objects).containers[0].volumeMounts).toContainEqual({ name: 'data', mountPath: '/data' });
});

test('an id that leaves no room for the labels of a StatefulSet is refused', () => {
  const renderWith = (length: number) => () => render({ run: runs.stateful(1) }, {}, { id: 'a'.repeat(length) });
  expect(renderWith(52)).not.toThrow();
  expect(renderWith(53)).toThrow(/id of 53 letters; take up to 52/);
});

test('once is a Job that tries until it succeeds and stays when it has', () => {
  const [object] = render({ run: runs.once });
  expect(object).toMatchObject({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'pos' } });
  expect(object?.spec).toEqual({ backoffLimit: 2_147_483_647, template: expect.anything() });
  expect(podSpec([object as never]).restartPolicy).toBe('OnFailure');
});

test('a schedule is a CronJob that never runs twice at once', () => {
  const [object] = render({ run: runs.schedule });
  expect(object).toMatchObject({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'pos' } });
  expect(object?.spec).toEqual({
    schedule: '15 3 * * *',
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 86_400,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 1,
    jobTemplate: { spec: { template: expect.anything() } },
  });
  expect(podSpec([object as never]).restartPolicy).toBe('OnFailure');
});

test('only jobs have a restart policy of their own', () => {
  for (const run of [runs.replicas(1), runs.stateful(1), runs.everyNode]) {
    expect(podSpec(render({ run }))).not.toHaveProperty('restartPolicy');
  }
});
