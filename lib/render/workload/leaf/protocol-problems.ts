import { type LeafProtocolModel, type LeafSettings, TYPED_PROTOCOLS } from '../../../model/leaf-model';
import { isLoopback } from './loopback';
import { integerProblem, isKnown, settingsProblems } from './number-problems';

/** What is wrong with how a device is reached. */
export function protocolProblems(protocol: LeafProtocolModel): string[] {
  const settings: LeafSettings = protocol.kind === 'custom' ? protocol.settings : {};
  const found = [...ownProblems(protocol), ...settingsProblems('its protocol', settings)];
  return found.filter((message): message is string => message !== undefined);
}

function ownProblems(protocol: LeafProtocolModel): (string | undefined)[] {
  switch (protocol.kind) {
    case 'modbus-tcp':
      return [
        textProblem('host', protocol.host, /^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/, '10.0.0.5 or plc.example'),
        integerProblem('port', protocol.port, 1, 65_535),
        integerProblem('unit', protocol.unit, 0, 255),
      ];
    case 'modbus-rtu':
      return [
        textProblem('serial device', protocol.device, /^\/dev\/[^\s]+$/, '/dev/ttyUSB0'),
        integerProblem('unit', protocol.unit, 1, 247), // 0 is for all devices, which never answer
      ];
    case 'mqtt':
      return [
        textProblem('broker', protocol.broker, /^(tcp|ssl|ws|wss):\/\/[^\s@/]+(\/\S*)?$/, 'tcp://10.0.0.9:1883'),
        isLoopback(protocol.broker)
          ? `has the broker ${protocol.broker}, which is the mapper's own pod there; write the address of the node, or of the machine with the broker`
          : undefined,
        textProblem('topic', protocol.topic, /^[^\0]{1,65535}$/, 'line-1/press'),
        topicProblem(protocol.topic),
      ];
    case 'onvif':
      return [
        textProblem('url', protocol.url, /^(https?:\/\/)?[^\s@/]+(\/\S*)?$/, '192.168.1.64:80, without a login in it'),
        textProblem('user', protocol.user, /^\S+$/, 'admin'),
      ];
    case 'custom':
      return [
        TYPED_PROTOCOLS.includes(protocol.name)
          ? `has a custom protocol of the name ${protocol.name}; use LeafProtocol.${protocol.name}..., or take another name`
          : undefined,
      ];
  }
}

/** A text of one site is judged when its value is known. */
function textProblem(name: string, value: string, legal: RegExp, example: string): string | undefined {
  if (!isKnown(value) || legal.test(value)) return undefined;
  return `has the ${name} ${JSON.stringify(value)}; write it such as ${example}`;
}

/** @see MQTT 3.1.1, 4.7.1 */
function topicProblem(topic: string): string | undefined {
  if (!isKnown(topic)) return undefined;
  const levels = topic.split('/');
  const wrong = levels.some(
    (level, i) =>
      (level.includes('+') && level !== '+') || (level.includes('#') && (level !== '#' || i < levels.length - 1)),
  );
  return wrong
    ? `has the topic ${JSON.stringify(topic)}; + and # stand for whole levels, and # for the last`
    : undefined;
}
