/** Whether a text is an IPv4 or IPv6 address as programs write it, without a zone and without a prefix. */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** Eight groups, where one `::` may stand for some of them, and the last two may be written as IPv4. */
function isIpv6(text: string): boolean {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return false;
  const groups = [...groupsOf(head), ...groupsOf(tail ?? '')];
  const last = groups.at(-1) ?? '';
  const plain = last.includes('.') ? groups.slice(0, -1) : groups;
  if (last.includes('.') && !isIpv4(last)) return false;
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = groups.length + (last.includes('.') ? 1 : 0);
  return tail === undefined ? count === 8 : count < 8;
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
