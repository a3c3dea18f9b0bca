import { HARDWARE, type HardwareRecord, hardwareName } from '../../../lib/catalog/hardware';
import type { Figure } from '../../../lib/model/figure';

const records: readonly HardwareRecord[] = Object.values(HARDWARE);
const table = records.map((record) => [record.name, record] as const);

function figuresOf(record: HardwareRecord): readonly Figure<unknown>[] {
  const { cores, memoryMiB, sharedWithGpuMiB, osMemoryMiB, storage, accelerator } = record;
  const figures = [cores, memoryMiB, sharedWithGpuMiB, osMemoryMiB, storage, accelerator?.count];
  return figures.filter((figure) => figure !== undefined);
}

/** Every name that a machine of the record can bear. */
function namesOf(record: HardwareRecord): readonly string[] {
  const sizes = record.memoryMiB?.value ?? [];
  if (sizes.length === 1) return [hardwareName(record)];
  if (sizes.length > 1) return sizes.map((memoryMiB) => hardwareName(record, { memoryMiB }));
  return [hardwareName(record, { memoryMiB: 32 * 1024, cores: 8 })];
}

describe.each(table)('%s', (_, record) => {
  test('names the source and the grade of every figure', () => {
    for (const figure of figuresOf(record)) {
      expect(figure.source).toMatch(/\S{3}/);
      expect(['measured', 'published', 'guessed']).toContain(figure.grade);
    }
  });

  test('has a title, and notes without blank ends', () => {
    expect(record.title).not.toBe('');
    for (const note of record.notes) expect(note).toMatch(/^\S.*\.$/);
  });

  test('has no platform exactly if it is a leaf', () => {
    expect(record.platforms.length === 0).toBe(record.leafOnly);
  });

  test('lists its memory sizes once each, the smallest first', () => {
    const sizes = record.memoryMiB?.value ?? [];
    expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b));
    for (const size of sizes) expect(size).toBeGreaterThan(0);
  });

  test('keeps less for graphics and operating system than its smallest size has', () => {
    const smallest = Math.min(...(record.memoryMiB?.value ?? []));
    expect((record.sharedWithGpuMiB?.value ?? 0) + (record.osMemoryMiB?.value ?? 0)).toBeLessThan(smallest);
  });

  test('lists storage as a node, none as a leaf', () => {
    expect(record.storage.value.length === 0).toBe(record.leafOnly);
  });
});

test('no two machines share a name, and each name is a DNS label', () => {
  const names = records.flatMap(namesOf);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
});

test('only what the user describes lacks cores and memory', () => {
  const open = records.filter((record) => record.cores === undefined || record.memoryMiB === undefined);
  expect(open.map((record) => record.name)).toEqual(['x86']);
});

test('names and platforms are literal types', () => {
  const name: 'rpi-4b' = HARDWARE.raspberryPi4B.name;
  const platforms: readonly ['linux/arm64', 'linux/arm/v7'] = HARDWARE.raspberryPi3BPlus.platforms;
  const memory: readonly [4096, 8192] = HARDWARE.jetsonOrinNano.memoryMiB.value;
  const leafOnly: true = HARDWARE.esp32.leafOnly;
  expect([name, platforms.length, memory.length, leafOnly]).toEqual(['rpi-4b', 2, 2, true]);
});

test.each([
  [HARDWARE.raspberryPi4B, { memoryMiB: 4096 }, 'rpi-4b-4gb'],
  [HARDWARE.n100MiniPc, { memoryMiB: 16384 }, 'n100-16gb'],
  [HARDWARE.jetsonOrinNano, { memoryMiB: 8192 }, 'jetson-orin-nano-8gb'],
  [HARDWARE.raspberryPi3BPlus, undefined, 'rpi-3b-plus'],
  [HARDWARE.siemensIpc127e, {}, 'siemens-ipc127e'],
  [HARDWARE.x86Server, { memoryMiB: 32768, cores: 8 }, 'x86-8c-32gb'],
  [HARDWARE.x86Server, { memoryMiB: 1536, cores: 2 }, 'x86-2c-1536mb'],
])('%# names a machine by its record and what its size leaves open', (record, size, name) => {
  expect(hardwareName(record, size)).toBe(name);
});
