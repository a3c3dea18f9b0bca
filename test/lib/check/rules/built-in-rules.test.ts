import { ruleProblems } from '../../../../lib/check/rules/run-rules';
import type { Platform } from '../../../../lib/model/platform';
import type { TokenTable } from '../../../../lib/model/token';
import { checkPlan, podOwner, type TestPod } from '../../../support/check-plan';
import { sealedSecret } from '../../../support/sealed-secret';

const sites = [{ name: 'store-1', values: { image: 'nginx', tag: '1' } }];

function findings(object: (tokens: TokenTable) => object) {
  const { plan, rendering } = checkPlan({ sites, workloads: [{ id: 'pos', objects: (t) => [object(t)] }] });
  return ruleProblems(plan, rendering);
}

const pod = (options: TestPod) => findings(() => podOwner('pos', options));
const image = (text: string) => pod({ container: { image: text } });
const digest = `sha256:${'a'.repeat(64)}`;

test('a plain object has no finding', () => {
  expect(pod({})).toEqual([]);
});

describe('edgecdk-image-tag', () => {
  test.each(['nginx', 'nginx:latest', 'localhost:5000/nginx', 'a.example/b:latest'])('finds %s', (name) => {
    expect(image(name)).toMatchObject([
      {
        path: 'fleet/pos',
        rule: 'edgecdk-image-tag',
        severity: 'warning',
        message: expect.stringContaining(`: ${name};`),
      },
    ]);
  });
  test.each(['nginx:1', `nginx@${digest}`, `nginx:latest@${digest}`, 'localhost:5000/nginx:1'])('passes %s', (name) => {
    expect(image(name)).toEqual([]);
  });
  test('passes an image whose tag a site may give', () => {
    expect(findings((t) => podOwner('a', { container: { image: t.text('site.values.image') } }))).toEqual([]);
    expect(findings((t) => podOwner('a', { container: { image: `a/b:${t.text('site.values.tag')}` } }))).toEqual([]);
  });
  test('looks at what runs before, and into a CronJob', () => {
    expect(pod({ spec: { initContainers: [{ name: 'init', image: 'busybox' }] } })).toMatchObject([
      { message: expect.stringContaining('busybox') },
    ]);
    const template = { spec: { containers: [{ name: 'a', image: 'a', resources: { limits: { memory: '1Mi' } } }] } };
    const spec = { schedule: '@daily', jobTemplate: { spec: { template } } };
    expect(findings(() => ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a' }, spec }))).toMatchObject([
      { rule: 'edgecdk-image-tag' },
    ]);
  });
});

describe('edgecdk-literal-secret', () => {
  const secret = (fields: object) =>
    findings(() => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, ...fields }));
  test.each([{ data: { password: 'aHVudGVyMg==' } }, { stringData: { password: 'hunter2' } }])(
    'finds %j, and shows no value',
    (fields) => {
      const found = secret(fields);
      expect(found).toMatchObject([
        {
          rule: 'edgecdk-literal-secret',
          severity: 'error',
          message: expect.stringMatching(/\(password\).*SecretRef/),
        },
      ]);
      expect(JSON.stringify(found)).not.toMatch(/hunter2|aHVudGVyMg/);
    },
  );
  test('passes what SOPS encrypted, and finds what it left in clear', () => {
    expect(secret(sealedSecret('a', 'shop', ['password']))).toEqual([]);
    expect(secret({ ...sealedSecret('a', 'shop', ['user']), data: { password: 'aHVudGVyMg==' } })).toMatchObject([
      { rule: 'edgecdk-literal-secret', message: expect.stringMatching(/\(password\)/) },
    ]);
  });
  test('passes a Secret that Kubernetes fills in', () => {
    expect(secret({ type: 'kubernetes.io/service-account-token' })).toEqual([]);
    expect(secret({ data: {} })).toEqual([]);
  });
});

test.each<[string, TestPod, string]>([
  ['edgecdk-privileged', { container: { securityContext: { privileged: true } } }, 'has the privileged container main'],
  ['edgecdk-privileged', { spec: { hostPID: true, hostIPC: true } }, '(hostPID) and the shared memory'],
  ['edgecdk-host-network', { spec: { hostNetwork: true } }, 'uses the network of its node'],
  ['edgecdk-requests', { container: { resources: undefined } }, 'asks for no memory in the container main'],
])('%s finds %j', (rule, options, message) => {
  expect(pod(options)).toMatchObject([{ rule, severity: 'warning', message: expect.stringContaining(message) }]);
});

test('edgecdk-requests takes a limit for a request, as Kubernetes does', () => {
  expect(pod({ container: { resources: { limits: { memory: '1Mi' } } } })).toEqual([]);
});

test.each<['container' | 'chart' | 'helm' | 'manifest', readonly Platform[] | 'unknown', number]>([
  ['container', 'unknown', 1],
  ['chart', 'unknown', 1],
  ['chart', [], 1],
  ['container', ['linux/arm64'], 0],
  ['helm', 'unknown', 0],
  ['manifest', 'unknown', 0],
])('edgecdk-image-platforms of a %s with platforms %s: %d', (kind, platforms, count) => {
  const { plan, rendering } = checkPlan({ workloads: [{ id: 'pos', kind, platforms }] });
  expect(ruleProblems(plan, rendering).map((p) => p.rule)).toEqual(Array(count).fill('edgecdk-image-platforms'));
});
