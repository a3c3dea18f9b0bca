import { isIP } from 'node:net';
import { isIpAddress } from '../../../lib/model/ip-address';

test.each([
  '203.0.113.10',
  '0.0.0.0',
  '256.1.1.1',
  '01.1.1.1',
  '1.1.1',
  '::',
  '::1',
  '2001:db8::10',
  '2001:DB8:0:0:0:0:0:1',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7',
  '1::2::3',
  '::ffff:203.0.113.1',
  '::ffff:203.0.113.256',
  '1:2:3:4:5:6:7::',
  '1:2:3:4:5:6:7:8::',
  'edge.example',
  ':1:2:3:4:5:6:7',
  '',
])("'%s' is taken where Node.js takes it", (text) => {
  expect(isIpAddress(text)).toBe(isIP(text) !== 0);
});
