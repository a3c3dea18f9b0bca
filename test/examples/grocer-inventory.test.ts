import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { makeInventory } from '../../examples/grocer/inventory/make';

type Column = (typeof COLUMNS)[number];
type Row = Readonly<Record<Column, string> & { vlan?: string }>;

const FILES = ['stores.csv', 'superstores.csv', 'depots.csv', 'vans.csv'] as const;
const COLUMNS = [
  ...(['store_no', 'storeId', 'city', 'region', 'format', 'tills', 'latitude', 'longitude'] as const),
  ...(['timeZone', 'contact', 'state'] as const),
];
const stores = read('stores.csv');
const superstores = read('superstores.csv');
const all = [...stores, ...superstores];
const depots = read('depots.csv') as readonly (Row & {
  readonly name: string;
  readonly gates: string;
  readonly net: string;
})[];
const vans = read('vans.csv') as readonly (Row & { readonly name: string; readonly plate: string })[];

function committed(file: string): string {
  return readFileSync(join(__dirname, '../../examples/grocer', file), 'utf8');
}

function read(file: string): readonly Row[] {
  return parse(committed(file), { columns: true });
}

function rows(where: Partial<Row>): number {
  return all.filter((row) => Object.entries(where).every(([column, cell]) => row[column as Column] === cell)).length;
}

function distinct(column: Column): number {
  return new Set(all.map((row) => row[column])).size;
}

function cities(pattern: RegExp): readonly string[] {
  return stores.map(({ city }) => city).filter((city) => pattern.test(city));
}

function numbers(region: string, column: Column): readonly number[] {
  return all.filter((row) => row.region === region).map((row) => Number(row[column]));
}

describe('the inventory of the grocer example', () => {
  test.each(FILES)('%s is what its script makes', (file) => {
    expect(committed(file)).toBe(makeInventory()[file]);
  });

  test.each(FILES)('%s has LF line ends, a last one too, and no byte order mark', (file) => {
    const text = committed(file);
    expect(text).toMatch(/^(store_no|name),/);
    expect(text).not.toContain('\r');
    expect(text.endsWith('\n')).toBe(true);
  });

  test('has 216 small and 24 large stores, and only the large ones have a VLAN', () => {
    expect([stores.length, superstores.length]).toEqual([216, 24]);
    expect(Object.keys(stores[0] ?? {})).toEqual(COLUMNS);
    expect(Object.keys(superstores[0] ?? {})).toEqual([...COLUMNS, 'vlan']);
  });

  test('gives each store a name that is a DNS label, and a number with leading zeros that is not the flagship’s', () => {
    expect(distinct('store_no')).toBe(240);
    expect(distinct('storeId')).toBe(240);
    for (const { store_no, storeId } of stores) expect(store_no).toBe(`store-${storeId}`);
    for (const { store_no } of superstores) expect(store_no).toMatch(/^super-0\d\d$/);
    for (const { storeId } of all) expect(storeId).toMatch(/^0\d{3}$/);
    expect(all.map(({ storeId }) => storeId)).not.toContain('0001');
  });

  test('has city names that are hard on tools', () => {
    expect(cities(/'/).length).toBeGreaterThanOrEqual(3);
    expect(cities(/^'/).length).toBeGreaterThanOrEqual(1);
    expect(cities(/[^\x20-\x7e]/).length).toBeGreaterThanOrEqual(20);
    expect(cities(/[^\x20-\xff]/).length).toBeGreaterThanOrEqual(5);
  });

  test('has at least four names that two towns of different time zones share', () => {
    const zones = new Map<string, string[]>();
    for (const { city, timeZone } of stores) zones.set(city, [...(zones.get(city) ?? []), timeZone]);
    const shared = [...zones.values()].filter((both) => both.length === 2 && both[0] !== both[1]);
    expect(shared.length).toBeGreaterThanOrEqual(4);
  });

  test('has contacts with an apostrophe, a comma, double quotes, and letters beyond Latin-1', () => {
    for (const pattern of [/O'Neill/, /^[^,]+, [^,]+$/, /"Ted"/, /[^\x20-\xff]/]) {
      expect(stores.filter(({ contact }) => pattern.test(contact)).length).toBeGreaterThanOrEqual(3);
    }
  });

  test('has only time zones that Intl knows', () => {
    for (const { timeZone } of all) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
    expect(distinct('timeZone')).toBeGreaterThan(10);
  });

  test('has four regions that do not overlap', () => {
    expect([...new Set(all.map(({ region }) => region))].sort()).toEqual(['east', 'north', 'south', 'west']);
    const between = [...numbers('west', 'latitude'), ...numbers('east', 'latitude')];
    expect(Math.min(...numbers('north', 'latitude'))).toBeGreaterThan(Math.max(...between));
    expect(Math.min(...between)).toBeGreaterThan(Math.max(...numbers('south', 'latitude')));
    expect(Math.min(...numbers('east', 'longitude'))).toBeGreaterThan(Math.max(...numbers('west', 'longitude')));
  });

  test('has coordinates in Europe with at most four decimals', () => {
    for (const { latitude, longitude } of all) {
      expect(`${latitude} ${longitude}`).toMatch(/^\d\d(\.\d{1,4})? -?\d{1,2}(\.\d{1,4})?$/);
      expect(Number(latitude)).toBeGreaterThan(34);
      expect(Number(latitude)).toBeLessThan(71);
      expect(Number(longitude)).toBeGreaterThan(-25);
      expect(Number(longitude)).toBeLessThan(35);
    }
  });

  test('has one to six tills and a format that goes with them', () => {
    for (const { format, tills } of stores) {
      expect(tills).toMatch(/^[1-6]$/);
      expect(format).toBe(Number(tills) > 2 ? 'super' : 'express');
    }
    for (const { format, tills } of superstores) expect(`${format} ${tills}`).toMatch(/^super [4-6]$/);
  });

  test('has VLANs from 1 to 250, each once, and none of them the flagship’s', () => {
    const vlans = superstores.map(({ vlan }) => Number(vlan));
    expect(new Set(vlans).size).toBe(24);
    for (const vlan of vlans) expect(Number.isInteger(vlan) && vlan >= 1 && vlan <= 250 && vlan !== 7).toBe(true);
  });

  test('has five depots with numbers and networks of their own, in all regions but the west', () => {
    expect(depots.map(({ name }) => name)).toEqual([1, 2, 3, 4, 5].map((number) => `depot-${number}`));
    const numbersOfShops = all.map(({ storeId }) => storeId);
    for (const { storeId } of depots) expect(numbersOfShops).not.toContain(storeId);
    for (const column of ['storeId', 'net'] as const)
      expect(new Set(depots.map((depot) => depot[column])).size).toBe(5);
    for (const { gates } of depots) expect(gates).toMatch(/^[2-4]$/);
    expect([...new Set(depots.map(({ region }) => region))].sort()).toEqual(['east', 'north', 'south']);
  });

  test('has thirty vans, six of each depot, each with a plate of its own', () => {
    expect(vans).toHaveLength(30);
    expect(new Set(vans.map(({ name, plate }) => `${name} ${plate}`)).size).toBe(30);
    expect(new Set(vans.map(({ plate }) => plate)).size).toBe(30);
    for (const depot of depots) {
      const own = vans.filter(({ storeId }) => storeId === depot.storeId);
      expect(own).toHaveLength(6);
      for (const van of own) expect([van.region, van.timeZone]).toEqual([depot.region, depot.timeZone]);
    }
  });

  test('has most stores without a state, a few planned, one paused and one closing', () => {
    expect([rows({ state: 'paused' }), rows({ state: 'closing' }), rows({ state: 'planned' })]).toEqual([1, 1, 4]);
    expect(rows({ state: '' })).toBeGreaterThan(200);
    expect(rows({ state: '' }) + rows({ state: 'active' })).toBe(234);
  });
});
