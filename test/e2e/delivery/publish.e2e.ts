import { publishScript as argoCdScript } from '../../../lib/engines/argo-cd/publish-script';
import { publishScript as fluxScript } from '../../../lib/engines/flux/publish-script';
import { contentOf as argoCdContent, oci } from '../../lib/engines/argo-cd/sample-content';
import { contentOf as fluxContent } from '../../lib/engines/flux/sample-content';
import { shellcheck, shellSyntax } from '../tools/debian';
import { onEachDebian } from '../tools/setup';

const more = { sharedClusters: [{ id: 'cloud', path: 'grocer/cloud', folder: 'clusters/cloud' }] };
const signed = { ...oci, verify: { provider: 'cosign' } } as const;

/** What a pipeline runs, in each of its forms. */
const scripts = new Map([
  ['Flux', fluxScript(fluxContent({ more }), oci)],
  ['Flux, signed', fluxScript(fluxContent({ more }), signed)],
  ['Flux, signed and without TLS', fluxScript(fluxContent({ more }), { ...signed, insecure: true })],
  ['Argo CD on a hub', argoCdScript(argoCdContent({ options: { source: oci }, more }))],
  ['Argo CD at each site', argoCdScript(argoCdContent({ options: { source: oci, shape: 'site' }, more }))],
]);

onEachDebian((debian) => {
  test.each([...scripts])('shells take publish.sh of %s, and shellcheck has nothing to say', (_, text) => {
    expect(text.startsWith('#!/bin/sh\n')).toBe(true);
    expect([shellSyntax(debian, text), shellcheck(debian, text)]).toEqual(['', '']);
  });

  test('an error in it is noticed', () => {
    const broken = [...scripts.values()].map((text) => text.replace('"$1', '$1').replace(/\ndone\n/, '\n'));
    for (const text of broken) expect(shellSyntax(debian, text) + shellcheck(debian, text)).not.toBe('');
  });
});
