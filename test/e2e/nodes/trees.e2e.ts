import { OPERATING_SYSTEMS } from '../../../lib/catalog/operating-systems';
import { onEachDebian } from '../tools/setup';
import { complaints, unread } from './complaints';
import { cases, machineOf } from './node-table';

const table = cases();
const machines = table.map(machineOf);

test('the table has every operating system, role, datastore and way of installing', () => {
  const seen = (of: (one: (typeof table)[number]) => string) => [...new Set(table.map(of))].sort();
  const systems = Object.keys(OPERATING_SYSTEMS);
  expect(table).toHaveLength(systems.length * 3 * 3 * 2 * 2);
  expect(seen(({ input }) => input.operatingSystem.name)).toHaveLength(systems.length);
  expect(seen(({ input }) => input.cluster.datastore)).toEqual(['etcd', 'external', 'sqlite']);
  expect(seen(({ input }) => input.install.mode)).toEqual(['mirror', 'online', 'preloaded']);
  expect(seen(({ tree }) => tree.role)).toEqual(['agent', 'server']);
});

test('the machines have the scripts and units that everything hangs on', () => {
  const paths = new Set(machines.flatMap(({ files }) => Object.keys(files)));
  const wanted = [
    ...['apply.sh', 'carry.sh', 'run.sh'].map((name) => `/var/lib/edgecdk/${name}`),
    ...['backup.sh', 'before-k3s.sh', 'boot.sh', 'workload-secrets.sh'].map((name) => `/etc/edgecdk/scripts/${name}`),
    ...['edgecdk-apply', 'edgecdk-backup', 'k3s', 'k3s-agent'].map((name) => `/etc/systemd/system/${name}.service`),
  ];
  expect(wanted.filter((path) => !paths.has(path))).toEqual([]);
});

test('these files have readers that are no programs of Debian’s', () => {
  expect([...new Set(machines.flatMap(unread))].sort()).toEqual([
    '/etc/edgecdk/identity.env',
    '/etc/edgecdk/workload-secrets.tsv',
    '/etc/hostname',
    '/etc/modules-load.d/edgecdk-k3s.conf',
    '/etc/rancher/k3s/config.yaml',
    '/etc/rancher/k3s/config.yaml.d/20-fixed.yaml',
    '/etc/rancher/k3s/config.yaml.d/30-encryption.yaml',
    '/etc/rancher/k3s/config.yaml.d/50-node.yaml',
    '/etc/rancher/k3s/registries.yaml',
    '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/50-edgecdk.conf',
    '/var/lib/rancher/k3s/server/audit.yaml',
    '/var/lib/rancher/k3s/server/psa.yaml',
  ]);
});

onEachDebian((debian) => {
  test.each(machines)('$name: each file is as its reader wants it', (machine) => {
    expect(complaints(debian, machine)).toEqual([]);
  });
});
