import { ruleProblems } from '../../../../lib/check/rules/run-rules';
import type { Rule } from '../../../../lib/model/fleet-model';
import { checkPlan, configMap } from '../../../support/check-plan';

function findings(...rules: readonly Rule[]) {
  const { plan, rendering } = checkPlan({
    workloads: [{ id: 'pos', objects: (t) => [configMap(`a-${t.text('site.name')}`), configMap('b')] }],
    rules,
  });
  return ruleProblems(plan, rendering);
}

const rule = (check: Rule['check'], more: Partial<Rule> = {}): Rule => ({
  id: 'acme-names',
  severity: 'error',
  why: 'we say so',
  check,
  ...more,
});

test("a user's rule sees every object, and its finding shows why", () => {
  expect(findings(rule(({ object }) => `is named ${object.metadata.name}`))).toEqual([
    {
      path: 'fleet/pos',
      rule: 'acme-names',
      severity: 'error',
      message: 'ConfigMap default/a-<site.name>: is named a-<site.name> (we say so)',
    },
    {
      path: 'fleet/pos',
      rule: 'acme-names',
      severity: 'error',
      message: 'ConfigMap default/b: is named b (we say so)',
    },
  ]);
});

test('a rule sees the cluster', () => {
  const has = (path: string) => ({ node: { path }, hardware: { name: 'x' } });
  const facts = findings(
    rule(
      ({ cluster }) =>
        `${cluster.distribution} ${cluster.kubernetes} ${cluster.has(has('fleet/box'))} ${cluster.has(has('fleet/x'))}`,
    ),
  );
  expect(facts[0]?.message).toContain('k3s 1.33 true false');
});

test('a rule that throws is a problem that names it', () => {
  const thrower = rule(() => {
    throw new TypeError('no spec');
  });
  expect(findings(thrower)).toContainEqual({
    path: 'fleet/pos',
    severity: 'error',
    message: 'could not be checked by the rule acme-names, which throws TypeError: no spec for a ConfigMap',
  });
});

test('a rule that returns a promise is a problem, not a finding', () => {
  const later = rule((async () => undefined) as unknown as Rule['check']);
  expect(findings(later)[0]?.message).toContain('which returns no text (object)');
});

test('an id of ours, and two rules with one id, are errors of the fleet', () => {
  const quiet = () => undefined;
  expect(findings(rule(quiet, { id: 'edgecdk-mine' }))).toMatchObject([
    { path: 'fleet', severity: 'error', message: expect.stringContaining('edgecdk-mine') },
  ]);
  expect(findings(rule(quiet), rule(quiet))).toMatchObject([
    { path: 'fleet', severity: 'error', message: expect.stringContaining('two rules with the id acme-names') },
  ]);
});
