import { acknowledge } from '../../../lib/check/acknowledge';
import type { AcknowledgementModel } from '../../../lib/model/fleet-model';
import type { Problem } from '../../../lib/model/problem';
import { checkPlan } from '../../support/check-plan';

const finding = (path: string, rule?: string): Problem => ({ path, message: 'is odd', severity: 'warning', rule });

function result(found: readonly Problem[], ...acknowledgements: readonly AcknowledgementModel[]) {
  const { plan } = checkPlan({
    workloads: [],
    acknowledgements,
    rules: [{ id: 'acme-own', severity: 'error', why: '', check: () => undefined }],
  });
  return acknowledge(found, plan.model);
}

const privileged = { rule: 'edgecdk-privileged', reason: 'the printer needs it' };

test.each(['fleet', 'fleet/shop', 'fleet/shop/pos'])('one on %s covers what is under it', (path) => {
  const found = [finding('fleet/shop/pos', 'edgecdk-privileged'), finding('fleet/shop/pos', 'edgecdk-image-tag')];
  expect(result(found, { path, ...privileged })).toEqual({ problems: [found[1]], acknowledged: [found[0]] });
});

test('another construct whose name only begins alike is not covered', () => {
  const found = [finding('fleet/pos2', 'edgecdk-privileged')];
  expect(result(found, { path: 'fleet/pos', ...privileged }).acknowledged).toEqual([]);
});

test('what is no finding of a rule cannot be acknowledged', () => {
  const found = [finding('fleet/pos')];
  expect(result(found, { path: 'fleet/pos', ...privileged }).acknowledged).toEqual([]);
});

test('one that covers nothing is a warning', () => {
  expect(result([], { path: 'fleet/pos', ...privileged }).problems).toMatchObject([
    { path: 'fleet/pos', severity: 'warning', message: expect.stringContaining('has nothing to acknowledge') },
  ]);
});

test.each([
  [
    'an unknown rule',
    { rule: 'edgecdk-privilege', reason: 'x' },
    'which is no rule; there are acme-own, edgecdk-argo-cd-chart-waves',
  ],
  ['no reason', { rule: 'edgecdk-privileged', reason: ' ' }, 'without a reason'],
])('%s is an error, and covers nothing', (_what, given, message) => {
  const found = [finding('fleet/pos', 'edgecdk-privileged')];
  const { problems, acknowledged } = result(found, { path: 'fleet/pos', ...given });
  expect(acknowledged).toEqual([]);
  expect(problems).toEqual([
    found[0],
    { path: 'fleet/pos', severity: 'error', message: expect.stringContaining(message) },
  ]);
});

test("a fleet's own rule can be acknowledged", () => {
  const found = [finding('fleet/pos', 'acme-own')];
  expect(result(found, { path: 'fleet', rule: 'acme-own', reason: 'x' }).problems).toEqual([]);
});
