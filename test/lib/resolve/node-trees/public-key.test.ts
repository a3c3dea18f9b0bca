import { publicKeyProblem } from '../../../../lib/resolve/node-trees/public-key';

/** The body of a key: fields, each with its length before it. */
function body(...fields: readonly (string | number)[]): string {
  const parts = fields.flatMap((field) => {
    const bytes = typeof field === 'string' ? Buffer.from(field) : Buffer.alloc(field, 7);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  return Buffer.concat(parts).toString('base64');
}
const ed25519 = body('ssh-ed25519', 32);

test.each([
  ['of Ed25519', `ssh-ed25519 ${ed25519} ops@grocer.example`],
  ['without a name', `ssh-ed25519 ${ed25519}`],
  ['with a name of several words', `ssh-ed25519 ${ed25519} the safe, second floor`],
  ['with the end of its line', `ssh-ed25519 ${ed25519} ops\n`],
  ['of RSA', `ssh-rsa ${body('ssh-rsa', 3, 257)} ops`],
  ['of a curve', `ecdsa-sha2-nistp256 ${body('ecdsa-sha2-nistp256', 'nistp256', 65)} ops`],
  ['on a token', `sk-ssh-ed25519@openssh.com ${body('sk-ssh-ed25519@openssh.com', 32, 'ssh:')} ops`],
])('a key %s is taken', (_what, text) => {
  expect(publicKeyProblem(text)).toBeUndefined();
});

test.each([
  ['nothing', '', /^is no public key/],
  ['a word', 'hunter2', /^is no public key/],
  ['a type alone', 'ssh-ed25519', /^is no public key/],
  ['a body alone', ed25519, /^is no public key/],
  ['a type that no machine takes', `ssh-dss ${body('ssh-dss', 128, 20, 128, 128)} hunter2`, /^is no public key/],
  ['options before it', `from="10.0.0.1" ssh-ed25519 ${ed25519} hunter2`, /^is no public key.*without options/],
  ['two keys', `ssh-ed25519 ${ed25519} a\nssh-ed25519 ${ed25519} b\n`, /^is no public key.*one line/],
  ['a body that is no base64', 'ssh-ed25519 hunter-2', /^is no public key/],
  ['a key of another type', `ssh-rsa ${ed25519}`, /^is a public key that is cut off or changed/],
  ['a key that is cut off', `ssh-ed25519 ${ed25519.slice(0, 44)}`, /^is a public key that is cut off or changed/],
  ['a type and nothing', `ssh-ed25519 ${body('ssh-ed25519')}`, /^is a public key that is cut off or changed/],
  ['some letters', 'ssh-ed25519 AAAA ops', /^is a public key that is cut off or changed/],
  [
    'a private key of OpenSSH',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n-----END OPENSSH PRIVATE KEY-----\n',
    /^is a private key/,
  ],
  ['a private key of OpenSSL', '-----BEGIN EC PRIVATE KEY-----\nhunter2', /^is a private key/],
  ['a private key of PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nhunter2', /^is a private key/],
])('%s is refused, and not repeated', (_what, text, message) => {
  const told = publicKeyProblem(text);
  expect(told).toMatch(message);
  expect(told).not.toContain('hunter');
});
