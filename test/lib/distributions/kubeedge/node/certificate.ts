/** A certificate as far as scripts read it: DER with a subject, a validity and a point of P-256 of this number, and no signature that anybody looks at. */
export function certificate(node: string, from: string, until: string, pair = 1): string {
  const name = sequence(set(sequence(oid('550403'), text(0x13, `system:node:${node}`))));
  const issuer = sequence(set(sequence(oid('550403'), text(0x0c, 'kubeedge'))));
  const validity = sequence(time(from), time(until));
  const body = sequence(
    tlv(0x02, Buffer.from([7])),
    sequence(oid('2a8648ce3d040302')),
    issuer,
    validity,
    name,
    spki(pair),
  );
  const der = sequence(body, sequence(oid('2a8648ce3d040302')), tlv(0x03, Buffer.alloc(40, 1)));
  return pem('CERTIFICATE', der);
}

/** The key of the certificate with that number, as edgecore and openssl write it: with its public half. */
export function privateKey(pair = 1): string {
  const curve = tlv(0xa0, P256);
  const der = sequence(tlv(0x02, Buffer.from([1])), tlv(0x04, Buffer.alloc(32, 9)), curve, tlv(0xa1, point(pair)));
  return pem('EC PRIVATE KEY', der);
}

const P256 = Buffer.from('06082a8648ce3d030107', 'hex');
const spki = (pair: number): Buffer => sequence(sequence(oid('2a8648ce3d0201'), P256), point(pair));
const point = (pair: number): Buffer => tlv(0x03, Buffer.concat([Buffer.from([0, 4]), Buffer.alloc(64, pair)]));

function pem(kind: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\n`;
}

/** `20261124`: of two digits for the year before 2050, of four from then on, as RFC 5280 has it. */
function time(day: string): Buffer {
  return day < '2050' ? text(0x17, `${day.slice(2)}093015Z`) : text(0x18, `${day}093015Z`);
}

function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head =
    length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(head), content]);
}

const sequence = (...parts: Buffer[]): Buffer => tlv(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]): Buffer => tlv(0x31, Buffer.concat(parts));
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));
const text = (tag: number, value: string): Buffer => tlv(tag, Buffer.from(value));
