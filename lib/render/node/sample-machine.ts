import type { NodeRecord } from '../../model/node-model';
import type { NodeSiteInput } from '../../model/node-site-input';

/** A site and a machine with all that one may have: in the files that are made of them shows how this EdgeCDK makes files. */
export const SAMPLE_SITE: NodeSiteInput = {
  name: 'sample',
  clusterGeneration: 1,
  tlsSan: ['k3s.sample.example'],
  ntpServers: ['ntp.sample.example'],
  registries: [{ registry: '*', endpoints: ['http://192.0.2.5:5000/v2/sample'] }],
  timeZone: 'UTC',
  quietHour: '02:30',
};

export function sampleMachine(role: NodeRecord['role'], tree: string): NodeRecord {
  return {
    name: 'sample-machine-1-g2',
    site: SAMPLE_SITE.name,
    slot: 'machine-1',
    deviceClass: 'sample/machine',
    role,
    rank: role === 'server' ? 0 : undefined,
    generation: 2,
    serial: 'S1',
    mac: '02:00:00:00:00:01',
    address: { kind: 'static', ip: '10.0.0.11', prefix: 24, gateway: '10.0.0.1', dns: ['10.0.0.1'] },
    host: 'machine.sample.example',
    nic: 'eth0',
    disk: '/dev/sda',
    tree,
  };
}
