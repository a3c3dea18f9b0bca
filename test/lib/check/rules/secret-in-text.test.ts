import { ruleProblems } from '../../../../lib/check/rules/run-rules';
import type { TokenTable } from '../../../../lib/model/token';
import { checkPlan, podOwner } from '../../../support/check-plan';

const sites = [{ name: 'store-1', values: { password: 'hunter2' } }];

function findings(object: (tokens: TokenTable) => object): string[] {
  const { plan, rendering } = checkPlan({ sites, workloads: [{ id: 'pos', objects: (t) => [object(t)] }] });
  return ruleProblems(plan, rendering)
    .filter(({ rule }) => rule === 'edgecdk-secret-in-text')
    .map(({ severity, message }) => `${severity}: ${message}`);
}

const container = (fields: object) => findings(() => podOwner('pos', { container: fields }));
const variable = (name: string, value: unknown) => container({ env: [{ name, value }] });
const configMap = (text: string) =>
  findings(() => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { 'a.conf': text } }));
const chart = (valuesContent: unknown) =>
  findings(() => ({
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChart',
    metadata: { name: 'a' },
    spec: { valuesContent },
  }));

// Put together here, so that no scanner takes this file for a leak.
const forms = {
  'a private key': `-----BEGIN EC ${'PRIVATE'} KEY-----\nMHc`,
  'a private key of age': `AGE-SECRET-${'KEY'}-1${'Q'.repeat(58)}`,
  'an access key of AWS': `AKIA${'A'.repeat(16)}`,
  'a token of GitHub': `ghp_${'a'.repeat(36)}`,
  'a token of GitLab': `glpat-${'a'.repeat(20)}`,
  'a token of Slack': `xoxb-${'1'.repeat(12)}`,
  'a token of Vault': `hvs.${'a'.repeat(24)}`,
  'a signed token (JWT)': `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.${'c'.repeat(12)}`,
  'a URL with a password': 'rtsp://admin:hunter2@camera.example/1',
};

describe.each(Object.entries(forms))('%s', (form, text) => {
  test('is found in a variable, a command, a file and a value of a chart, and is not repeated', () => {
    const found = [
      variable('ANY', `x ${text}`),
      container({ command: ['run', `--with=${text}`] }),
      container({ args: [text] }),
      configMap(`a = "${text}"\n`),
      chart({ a: { b: [text] } }),
    ];
    for (const messages of found) {
      expect(messages).toEqual([expect.stringMatching(/^error: .*SecretRef/)]);
      expect(messages[0]).toContain(`has ${form} in `);
      expect(messages[0]).not.toContain(text);
    }
  });
});

test.each([
  ['DB_PASSWORD', 'hunter2'],
  ['POSTGRES_PASSWORD', '12345678'],
  ['password', 'changeme'],
  ['API_KEY', 'abc'],
  ['APIKEY', 'abc'],
  ['app.credentials', 'abc'],
  ['AWS_SECRET_ACCESS_KEY', 'abc'],
  ['MQTT_TOKEN', 'abc'],
])('a variable %s that is %s is found, and is not repeated', (name, value) => {
  const [message, ...others] = variable(name, value);
  expect(message).toContain(`has what may be a secret in the variable ${name} of the container main`);
  expect(message).not.toContain(value);
  expect(others).toEqual([]);
});

test('a password of a site is found, too: its inventory has it in clear', () => {
  const found = findings((t) =>
    podOwner('pos', { container: { env: [{ name: 'PASSWORD', value: t.text('site.values.password') }] } }),
  );
  expect(found).toEqual([expect.stringContaining('what may be a secret in the variable PASSWORD')]);
});

test.each([
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD', undefined],
  ['DB_PASSWORD', '$(OTHER)'],
  ['DB_PASSWORD', '/run/secrets/password'],
  ['DB_PASSWORD_FILE', 'password.txt'],
  ['ALLOW_EMPTY_PASSWORD', 'yes'],
  ['TOKEN_URL', 'https://login.example/token'],
  ['TOKENS', '4 of them'],
  ['PARTITION_KEY', 'store'],
  ['PWD', '/app'],
  ['MAX_TOKEN', '128'],
  ['DB_URL', 'postgres://db.example:5432/pos'],
  ['DB_URL', 'postgres://pos:$(DB_PASSWORD)@db.example/pos'],
  ['MAIL', 'mailto:ana@example.org'],
])('a variable %s that is %s is no secret', (name, value) => {
  expect(variable(name, value)).toEqual([]);
});

test('a value of a Helm chart is found by its name, as a tree and as text', () => {
  const values = {
    auth: { adminPassword: 'hunter2', existingSecret: 'db', passwordFile: 'a' },
    apiKey: '',
    token: true,
  };
  for (const content of [values, 'auth:\n  adminPassword: hunter2\n  existingSecret: db\n']) {
    const [message, ...others] = chart(content);
    expect(message).toContain('has what may be a secret in the value auth.adminPassword;');
    expect(others).toEqual([]);
  }
  expect(chart('a: 1\na: postgres://pos:hunter2@db.example\n')).toEqual([expect.stringContaining('in its values')]);
  expect(chart(undefined)).toEqual([]);
  expect(chart('')).toEqual([]);
});

test('all that one object gives away is one finding', () => {
  const env = [
    { name: 'A_TOKEN', value: 'abc' },
    { name: 'B_TOKEN', value: 'abc' },
  ];
  expect(container({ env })).toEqual([expect.stringMatching(/variable A_TOKEN .* and .* variable B_TOKEN/)]);
});
