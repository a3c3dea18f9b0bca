const types = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
];

/**
 * What is wrong with the line of an OpenSSH public key, and what to do; undefined where it is one. It is never repeated: whoever takes the wrong file has a
 * private key in his program.
 *
 * @see RFC 4253, section 6.6, and sshd(8), AUTHORIZED_KEYS FILE FORMAT
 */
export function publicKeyProblem(text: string): string | undefined {
  if (/PRIVATE KEY|^PuTTY-User-Key-File/m.test(text))
    return 'is a private key, and has no business in a program; take the line of its .pub file, and a new pair if the program was seen by anybody else';
  const [, type = '', body = ''] =
    /^([a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})( [^\p{Cc}]*)?$/u.exec(text.replace(/\n$/, '')) ?? [];
  if (!types.includes(type))
    return 'is no public key; write the one line of its .pub file, `ssh-ed25519 AAAA... name`, without options before it';
  const fields = fieldsOf(Buffer.from(body, 'base64'));
  if (fields?.[0] !== type || fields.length < 2)
    return 'is a public key that is cut off or changed; copy the whole line of its .pub file';
  return undefined;
}

/** Texts of the fields, each with its length before it; undefined where they do not end with the last byte. */
function fieldsOf(bytes: Buffer): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    fields.push(bytes.toString('latin1', at + 4, end));
    at = end;
  }
  return fields;
}
