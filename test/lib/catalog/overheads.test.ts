import {
  EVICTION_FLOOR_MIB,
  K3S_MINIMUM,
  type K3sRole,
  k3sOverhead,
  OS_OVERHEAD,
} from '../../../lib/catalog/overheads';
import { PLATFORMS } from '../../../lib/model/platform';

const ROLES: readonly K3sRole[] = ['server-sqlite', 'server-etcd', 'agent'];
const OVERHEADS = ROLES.flatMap((role) =>
  PLATFORMS.map((platform) => [role, platform, k3sOverhead(role, platform)] as const),
);

test.each(OVERHEADS)('%s on %s is published, never called measured', (_role, _platform, overhead) => {
  for (const figure of [overhead.memoryMiB, overhead.cpuMillicores]) {
    expect(figure.value).toBeGreaterThan(0);
    expect(figure.grade).toBe('published');
    expect(figure.source).toContain('v1.26.5');
  }
});

test('what nobody published is a guess', () => {
  expect([OS_OVERHEAD.memoryMiB.grade, OS_OVERHEAD.cpuMillicores.grade]).toEqual(['guessed', 'guessed']);
  expect(OS_OVERHEAD.memoryMiB.source).not.toBe('');
});

test.each(PLATFORMS)('on %s an agent takes less than a server, and etcd no less than SQLite', (platform) => {
  const memory = (role: K3sRole) => k3sOverhead(role, platform).memoryMiB.value;
  expect(memory('agent')).toBeLessThan(memory('server-sqlite'));
  expect(memory('server-sqlite')).toBeLessThanOrEqual(memory('server-etcd'));
});

test.each([
  ['linux/amd64', 60],
  ['linux/arm64', 300],
  ['linux/arm/v7', 300],
  ['linux/riscv64', 300],
] as const)('a server on %s takes %i millicores', (platform, millicores) => {
  expect(k3sOverhead('server-sqlite', platform).cpuMillicores.value).toBe(millicores);
});

test('the eviction floor is the default of Kubernetes', () => {
  expect(EVICTION_FLOOR_MIB).toMatchObject({ value: 100, grade: 'published' });
});

test('a server asks for twice the cores and four times the memory of an agent', () => {
  expect(K3S_MINIMUM.server.cores.value).toBe(2 * K3S_MINIMUM.agent.cores.value);
  expect(K3S_MINIMUM.server.memoryMiB.value).toBe(4 * K3S_MINIMUM.agent.memoryMiB.value);
});
