import { join } from 'node:path';
import { ContainerWorkload, Cpu, Placement, Size } from 'edgecdk';
import { readAssembly } from '../../../lib/assembly/read-assembly';
import { type NodeFleet, nodeFleet, VERSION, withLock } from '../../support/node-fleet';
import { filesOf } from '../../support/with-files';

/** A fleet with a workload. */
const withWeb: NodeFleet = {
  more: ({ fleet, shop }) =>
    void new ContainerWorkload(fleet, 'web', {
      image: 'ghcr.io/acme/web:1.0.0',
      platforms: ['linux/amd64', 'linux/arm64'],
      resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
      placement: Placement.on(shop),
    }),
};

function written(described: NodeFleet) {
  return withLock((root) => {
    const outDir = join(root, 'dist');
    const { warnings } = nodeFleet(root, described).synth({ outDir });
    const assembly = readAssembly(outDir, 'shops');
    return {
      warnings,
      files: Object.keys(filesOf(outDir)),
      record: assembly?.record,
      sites: [...(assembly?.sites() ?? [])],
    };
  });
}

test('of a cluster that was there already only workloads are written', () => {
  const { warnings, files, record, sites } = written({ ...withWeb, existing: true });
  expect(warnings).toEqual([]);
  expect(files.filter((path) => !path.endsWith('index.ndjson'))).toEqual([
    'assembly.json',
    expect.stringMatching(/^images\/.*linux-amd64\.txt$/),
    expect.stringMatching(/^images\/.*linux-arm64\.txt$/),
    expect.stringMatching(/\/shop-1\/manifests\/web\.yaml$/),
    expect.stringMatching(/\/shop-2\/manifests\/web\.yaml$/),
  ]);
  expect(record).toMatchObject({ trees: {}, nodeFiles: {}, files: {} });
  for (const site of sites) expect(site).not.toHaveProperty('nodes');
});

test('it gets no Plans while it moves, since others may have theirs', () => {
  const moving = { ...withWeb, existing: true, cluster: { version: { from: VERSION, to: 'v1.34.9+k3s1' } } } as const;
  expect(written(moving).files.filter((path) => path.includes('edgecdk-'))).toEqual([]);
});

test('its machines need neither a lock nor an address', () => {
  const needs: NodeFleet = { ...withWeb, nodes: 'none', cluster: { version: 'v1.33.6+k3s1' } };
  expect(() => written(needs)).toThrow(/edgecdk lock/);
  expect(() => written({ ...needs, existing: true, blueprint: { nodeAddress: () => 'k3s.example' } })).not.toThrow();
});

test('a cluster that is given up to others loses the files of its machines', () => {
  withLock((root) => {
    const outDir = join(root, 'dist');
    nodeFleet(root, withWeb).synth({ outDir });
    nodeFleet(root, { ...withWeb, existing: true }).synth({ outDir });
    expect(Object.keys(filesOf(outDir)).filter((path) => path.includes('nodes/'))).toEqual([]);
  });
});
