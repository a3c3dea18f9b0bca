import type { Grammar } from '../../../../lib/check/grammar/grammars';
import * as g from '../../../../lib/check/grammar/grammars';

const digest = `sha256:${'a'.repeat(64)}`;

const cases: readonly (readonly [name: string, grammar: Grammar, good: readonly string[], bad: readonly string[]])[] = [
  ['a DNS label', g.dnsLabel, ['a', '0-a', 'x'.repeat(63)], ['', 'A', '-a', 'a-', 'a.b', 'x'.repeat(64), 'a\n']],
  ['a DNS name', g.dnsSubdomain, ['a.b-c.d', 'x'.repeat(253)], ['', '.a', 'a..b', 'a_b', 'x'.repeat(254)]],
  ['the name of a Service', g.serviceName, ['a', 'web-1'], ['1web', 'web.a', 'Web']],
  ['the name of a role', g.pathSegment, ['system:node', 'A_b'], ['', '.', '..', 'a/b', 'a%b']],
  [
    'a label key',
    g.labelKey,
    ['app', 'app.kubernetes.io/name', 'A_b.c', 'x'.repeat(63)],
    ['', '/a', 'a/', 'a/b/c', 'Acme.example/x', '-a', 'x'.repeat(64)],
  ],
  ['an annotation key', g.annotationKey, ['Acme.example/X'], ['a b']],
  ['a label value', g.labelValue, ['', 'a', 'A_b.c-1'], ['a b', "O'Neill", '-a', 'a-', 'é', 'x'.repeat(64)]],
  ['the name of a variable', g.envName, ['A', '_a', 'a.b-c'], ['', '1A', 'A=B', 'A B']],
  [
    'an image',
    g.image,
    [
      'nginx',
      'nginx:1.2',
      'ghcr.io/acme/pos:1.4.2',
      'localhost:5000/a/b',
      `a/b@${digest}`,
      `a/b:1@${digest}`,
      '[::1]:5000/a',
    ],
    ['', 'Acme/pos:1', 'a b', 'a:b c', 'a@sha256:12', 'a//b', 'a:-b', 'https://a/b'],
  ],
  ['a port name', g.portName, ['http', 'a1-b'], ['', '80', 'a--b', '-a', 'Http', 'x'.repeat(16)]],
  ['a port number', g.portNumber, ['1', '65535'], ['0', '65536', '-1', '80.5', '1e3', 'http']],
  ['a port', g.port, ['80', 'http'], ['0', '70000', 'a_b']],
  ['a port or 0', g.orNothing(g.portNumber), ['0', '80'], ['-1', '']],
  ['a name or nothing', g.orNothing(g.dnsLabel), ['', 'a'], ['0a.', 'A']],
  ['a count', g.count, ['0', '12'], ['-1', '1.5', 'Infinity', 'NaN', '1e21']],
  ['an integer', g.integer, ['-1', '0'], ['1.5']],
  ['a count or percentage', g.countOrPercent, ['1', '25%'], ['-1', '%', '25 %']],
  [
    'a quantity',
    g.quantity,
    ['0', '1', '1.5', '250m', '64Mi', '2Gi', '1e3', '1E6', '.5', '5.'],
    ['', '-1', '1 Gi', '64MB', '64mb', 'Mi', '1e3Mi', 'a'],
  ],
  ['a host', g.host, ['a.example', '*.a.example', 'store-1'], ['', '*', '*a.b', 'A.b', 'a_b.c', '10.0.0.1', 'a.b:80']],
  [
    'a path of an Ingress',
    g.urlPath,
    ['/', '/a/b', '/a.b', '/.well-known/x'],
    ['', 'a', '/a b', '//a', '/a/../b', '/..', '/.'],
  ],
  ['an absolute path', g.absolutePath, ['/', '/var/lib/a b'], ['', 'var', '/a:b']],
  [
    'a key of data',
    g.dataKey,
    ['a', '.a', 'a_B-1.json', 'x'.repeat(253)],
    ['', '.', '..', '..a', 'a/b', 'a b', 'x'.repeat(254)],
  ],
  [
    'a schedule',
    g.cron,
    ['* * * * *', '0 3 * * *', '*/5 0-6,22 1 jan-mar MON', '@daily', '@every 1h30m', '0 0 ? * 0'],
    [
      '',
      '* * * *',
      '* * * * * *',
      '60 * * * *',
      '0 24 * * *',
      '0 0 0 * *',
      '0 0 * 13 *',
      '0 0 * * 7',
      '5-1 * * * *',
      '*/0 * * * *',
      '@often',
      'a b c d e',
    ],
  ],
];

describe.each(cases)('%s', (_name, grammar, good, bad) => {
  test.each(good)('takes %j', (text) => expect(grammar.accepts(text)).toBe(true));
  test.each(bad)('refuses %j', (text) => expect(grammar.accepts(text)).toBe(false));
});
