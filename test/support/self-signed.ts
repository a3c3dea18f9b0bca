import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for a name, signed with its own key, which comes with it: both in PEM. @see RFC 5280, 4.1 */
export function selfSigned(commonName: string): { readonly certificate: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(oid('550403'), tlv(0x0c, Buffer.from(commonName)))));
  const ecdsa = sequence(oid('2a8648ce3d040302'));
  const validity = sequence(time('261101000000Z'), time('361101000000Z'));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const version = tlv(0xa0, tlv(0x02, Buffer.from([2])));
  const body = sequence(version, tlv(0x02, Buffer.from([7])), ecdsa, name, validity, name, spki);
  const signature = tlv(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]));
  const lines = sequence(body, ecdsa, signature)
    .toString('base64')
    .match(/.{1,64}/g);
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines?.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => tlv(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]): Buffer => tlv(0x31, Buffer.concat(parts));
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));
const time = (text: string): Buffer => tlv(0x17, Buffer.from(text));
