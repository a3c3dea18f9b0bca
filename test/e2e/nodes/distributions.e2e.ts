import { OPERATING_SYSTEMS } from '../../../lib/catalog/operating-systems';
import type { OperatingSystemModel } from '../../../lib/model/node-model';
import { metaData } from '../../../lib/render/node/seed/meta-data';
import { userData } from '../../../lib/render/node/seed/user-data';
import { cloudInitSchema } from '../tools/debian';
import { onEachDebian } from '../tools/setup';
import { complaints, unread } from './complaints';
import { otherCases, otherMachine } from './distribution-table';
import { inFiles } from './machine';
import { boot, type Seed } from './seed';

const table = otherCases();
const machines = table.map(otherMachine);
const seeded = table.filter(({ operatingSystem }) => operatingSystem.cloudInit);
const seeds = seeded.map(({ node, identity, tree }): Seed => {
  const seed = { node, identity, treeName: `depot.${tree.role}.box`, access: { sshKeys: [] }, inlineTree: tree };
  return { 'user-data': userData(seed), 'meta-data': metaData(node) };
});

test('the table has each operating system that a distribution takes, and for MicroK8s both roles', () => {
  const systems = (distribution: string) =>
    [
      ...new Set(
        table.filter((one) => one.distribution === distribution).map(({ operatingSystem }) => operatingSystem.name),
      ),
    ].sort();
  const all: readonly OperatingSystemModel[] = Object.values(OPERATING_SYSTEMS);
  const withSnapd = all.filter(({ snapd }) => snapd).map(({ name }) => name);
  expect(systems('microk8s')).toEqual(withSnapd.sort());
  expect(systems('kubeedge').length).toBeGreaterThanOrEqual(6);
  expect(new Set(table.map(({ tree }) => `${tree.distribution} ${tree.role}`))).toEqual(
    new Set(['microk8s server', 'microk8s agent', 'kubeedge agent']),
  );
});

test('these files have readers that are no programs of Debian’s', () => {
  expect([...new Set(machines.flatMap(unread))].sort()).toEqual([
    '/etc/apt/apt.conf.d/52edgecdk-hold',
    '/etc/cni/net.d/10-edgecdk.conflist',
    '/etc/containerd/certs.d/docker.io/hosts.toml',
    '/etc/containerd/config.toml',
    '/etc/edgecdk/identity.env',
    '/etc/edgecdk/kubeedge/edgecore.yaml',
    '/etc/edgecdk/microk8s/addons',
    '/etc/edgecdk/microk8s/fixed.yaml',
    '/etc/edgecdk/microk8s/hosts',
    '/etc/edgecdk/microk8s/launch-node.yaml',
    '/etc/edgecdk/microk8s/launch.undo',
    '/etc/edgecdk/microk8s/launch.yaml',
    '/etc/edgecdk/microk8s/nodes',
    '/etc/edgecdk/workload-secrets.tsv',
    '/etc/hostname',
    '/etc/modules-load.d/edgecdk-kubeedge.conf',
    '/etc/modules-load.d/edgecdk-microk8s.conf',
  ]);
});

onEachDebian((debian) => {
  test.each(machines)('$name: each file is as its reader wants it', (machine) => {
    expect(complaints(debian, machine)).toEqual([]);
  });

  test('cloud-init takes every user-data with a tree in it, and writes the files of the machine', () => {
    const found = cloudInitSchema(debian, inFiles(seeds.map((seed) => seed['user-data'])));
    expect(found.filter((text) => text !== '')).toEqual([]);
    const booted = boot(debian, seeds);
    expect(booted.map(({ hostname }) => hostname)).toEqual(seeded.map(({ node }) => node.name));
    for (const { files: written } of booted) expect(Object.keys(written).length).toBeGreaterThan(10);
  });
});
