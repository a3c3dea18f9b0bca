import { isHost, isHostAndPort } from '../../../lib/model/host-text';

test.each([
  ['mirror', true, true],
  ['docker.io', true, true],
  ['10.0.0.1', true, true],
  ['mirror.example:5000', false, true],
  ['[fd00::1]:5000', false, true],
  ['[fd00::1]', false, true],
  ['fd00::1', true, false],
  ['[mirror.example]:5000', false, false],
  ['mirror.example:0', false, false],
  ['mirror.example:65536', false, false],
  ['mirror.example:', false, false],
  ['https://mirror.example', false, false],
  ['mirror.example/library', false, false],
  ['joe@mirror.example', false, false],
  ['mirror_.example', false, false],
  ['a b', false, false],
  ['', false, false],
])('%j is a host: %s, with or without a port: %s', (text, host, hostAndPort) => {
  expect([isHost(text), isHostAndPort(text)]).toEqual([host, hostAndPort]);
});
