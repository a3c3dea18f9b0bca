import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { localDelivery } from '../../../lib/engines/local/local';
import type { BlueprintModel, FleetModel, InventoryModel, SiteSourceModel } from '../../../lib/model/fleet-model';
import type { LinkModel } from '../../../lib/model/link-model';
import { formatProblem } from '../../../lib/model/problem';
import type { SiteSchema } from '../../../lib/model/site-context';
import { resolveSites } from '../../../lib/resolve/sites';

const online: LinkModel = { kind: 'online' };
const storeSchema = z.object({ storeId: z.string(), tills: z.number(), open: z.boolean().optional() });
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'edgecdk-sites-'));
});
afterAll(() => rmSync(root, { recursive: true }));

function blueprint(schema: SiteSchema | undefined): BlueprintModel {
  const cluster = () => {
    throw new Error('sites are read before clusters are described');
  };
  return { path: 'grocer/store', id: 'store', ...(schema && { schema }), cluster, labels: [], link: online };
}

function fleet(schema: SiteSchema | undefined, sources: readonly SiteSourceModel[]): FleetModel {
  const none = {
    deviceClasses: [],
    sharedClusters: [],
    delivery: localDelivery,
    writesExpanded: false,
    waves: [],
    workloads: [],
    overrides: [],
    rules: [],
    acknowledgements: [],
    problems: [],
  };
  return { id: 'grocer', root, blueprints: [blueprint(schema)], sources, ...none };
}

function source(inventory: InventoryModel, id = 'stores'): SiteSourceModel {
  return { path: `grocer/${id}`, blueprint: 'grocer/store', inventory };
}

function read(model: FleetModel) {
  const { sites, closed, problems } = resolveSites(model);
  return { sites, closed: [...closed], problems: problems.map(formatProblem) };
}

function readCsv(
  text: string | Buffer,
  schema: SiteSchema | 'none' = storeSchema,
  columns: Readonly<Record<string, string>> = {},
) {
  writeFileSync(join(root, 'stores.csv'), text);
  return read(fleet(schema === 'none' ? undefined : schema, [source({ kind: 'csv', file: 'stores.csv', columns })]));
}

function readRows(rows: Iterable<Readonly<Record<string, unknown>>>, schema: SiteSchema | undefined) {
  return read(fleet(schema, [source({ kind: 'rows', rows, columns: {} })]));
}

function readSite(site: Partial<Extract<InventoryModel, { kind: 'site' }>['site']>, schema?: SiteSchema) {
  const whole = { name: 'flagship', facts: {}, values: {}, ...site };
  return read(fleet(schema, [source({ kind: 'site', site: whole }, 'flagship')]));
}

describe('a site of an inventory', () => {
  test('has its facts, its values as the schema gives them, and what it takes from its blueprint', () => {
    const { sites, problems } = readCsv(
      'store_no,storeId,tills,open,latitude,longitude,timeZone,state\nstore-1,0042,3,true,47.37,8.54,Europe/Zurich,planned\n',
      storeSchema,
      { name: 'store_no' },
    );
    expect(problems).toEqual([]);
    expect(sites).toEqual([
      {
        name: 'store-1',
        path: 'grocer/stores',
        source: 'stores.csv:2',
        blueprint: 'grocer/store',
        state: 'planned',
        values: { storeId: '0042', tills: 3, open: true },
        latitude: 47.37,
        longitude: 8.54,
        timeZone: 'Europe/Zurich',
        clusterGeneration: 0,
        link: online,
      },
    ]);
  });

  test('needs only a name where there is no schema', () => {
    expect(readCsv('name\nstore-1\n', 'none')).toMatchObject({
      sites: [{ name: 'store-1', values: {}, timeZone: 'UTC', state: 'active' }],
      problems: [],
    });
  });

  test.each([
    ['yaml', "- name: store-1\n  storeId: '0042'\n  tills: 3\n", 'stores.yaml:1'],
    ['json', '[{"name": "store-1", "storeId": "0042", "tills": 3}]', 'stores.json:1'],
  ] as const)('may be in %s', (kind, text, at) => {
    writeFileSync(join(root, `stores.${kind}`), text);
    const { sites, problems } = read(fleet(storeSchema, [source({ kind, file: `stores.${kind}`, columns: {} })]));
    expect(problems).toEqual([]);
    expect(sites).toMatchObject([{ name: 'store-1', source: at, values: { storeId: '0042', tills: 3 } }]);
  });

  test('is read after a byte order mark, with CRLF and quotes', () => {
    const { sites, problems } = readCsv('\ufeffname,storeId,tills\r\nstore-1,"a, ""b""\r\nc",3\r\nstore-2,x,4\r\n');
    expect(problems).toEqual([]);
    expect(sites.map((s) => [s.source, s.values.storeId])).toEqual([
      ['stores.csv:2', 'a, "b"\nc'],
      ['stores.csv:4', 'x'],
    ]);
  });

  test('keeps the state that its column is mapped away from', () => {
    const { sites } = readCsv('name,state\nstore-1,Bavaria\n', z.object({ storeState: z.string() }), {
      storeState: 'state',
    });
    expect(sites).toMatchObject([{ state: 'active', values: { storeState: 'Bavaria' } }]);
  });

  test('that is closed is no site, and its values are not looked at', () => {
    expect(readCsv('name,storeId,tills,state\nstore-1,,,closed\nstore-2,x,1,closing\n')).toMatchObject({
      sites: [{ name: 'store-2', state: 'closing' }],
      closed: ['store-1'],
      problems: [],
    });
  });
});

describe('a hand-written site', () => {
  test('has its own link, or that of its blueprint', () => {
    const link: LinkModel = { kind: 'offline' };
    expect(readSite({ link }).sites).toMatchObject([{ name: 'flagship', path: 'grocer/flagship', link }]);
    expect(readSite({}).sites).toMatchObject([{ link: online, timeZone: 'UTC', state: 'active' }]);
    expect(readSite({}).sites[0]).not.toHaveProperty('source');
  });

  test('may be closed', () => {
    expect(readSite({ facts: { state: 'closed' } })).toEqual({ sites: [], closed: ['flagship'], problems: [] });
  });

  test.each([
    [
      'a value of another type',
      { values: { storeId: '1', tills: '3' } },
      '[grocer/flagship] tills: Invalid input: expected number, received string (found "3") (flagship)',
    ],
    [
      'a value that is missing',
      { values: { storeId: '1' } },
      '[grocer/flagship] tills is missing: Invalid input: expected number, received undefined (flagship)',
    ],
    [
      'a value that is unknown',
      { values: { storeId: '1', tills: 3, til: 4 } },
      '[grocer/flagship] has a value "til" that the schema has no use for (it knows "storeId", "tills"); did you mean "tills"?',
    ],
    [
      'values that are no object',
      { values: 'x' },
      '[grocer/flagship] Invalid input: expected object, received string (flagship)',
    ],
    [
      'a name that is no label',
      { name: 'Flag Ship', values: { storeId: '1', tills: 3 } },
      expect.stringMatching(/^\[grocer\/flagship\] the name "Flag Ship" is no DNS label .*; write "flag-ship"$/),
    ],
    [
      'a latitude in text',
      { facts: { latitude: '47' }, values: { storeId: '1', tills: 3 } },
      '[grocer/flagship] latitude must be a number of degrees, -90 to 90 (found "47"); write 47 without quotes (flagship)',
    ],
  ])('with %s is refused', (_, site, problem) => {
    expect(readSite(site, storeSchema).problems).toEqual([problem]);
  });
});

describe('an inventory that is wrong', () => {
  test.each([
    [
      'a mistyped value',
      'name,storeId,tills\nstore-1,a,many\n',
      'stores.csv:2:3 [grocer/stores] tills: Invalid input: expected number, received string (found "many") (store-1)',
    ],
    [
      'an empty cell',
      'name,storeId,tills\nstore-1,a,\n',
      'stores.csv:2:3 [grocer/stores] tills is empty: Invalid input: expected number, received undefined (store-1)',
    ],
    [
      'a column that is missing',
      'name,storeId,til\nstore-1,a,3\n',
      'stores.csv:2 [grocer/stores] there is no column "tills" (the columns of values are "storeId", "til"; did you mean "til"?): Invalid input: expected number, received undefined (store-1)',
    ],
    ['no name', 'name,storeId,tills\n,a,3\n', 'stores.csv:2:1 [grocer/stores] the site has no name; write one'],
    [
      'a bad zone',
      'name,storeId,tills,timeZone\nstore-1,a,3,Mars/Base\n',
      expect.stringMatching(/^stores\.csv:2:4 \[grocer\/stores\] timeZone must be an IANA name/),
    ],
    [
      'a bad state',
      'name,storeId,tills,state\nstore-1,a,3,open\n',
      expect.stringMatching(/^stores\.csv:2:4 \[grocer\/stores\] state must be one of planned,/),
    ],
    [
      'a duplicate column',
      'name,storeId,storeId\nstore-1,a,3\n',
      'stores.csv:1:3 [grocer/stores] columns 2 and 3 are both named "storeId"; rename or remove one',
    ],
    [
      'a second header',
      'name,storeId,tills\nname,storeId,tills\n',
      'stores.csv:2 [grocer/stores] the header stands here a second time; were two files joined? remove the line',
    ],
    [
      'NUL in a cell',
      'name,storeId,tills\nstore-1,a\0,3\n',
      'stores.csv:2:2 [grocer/stores] storeId holds U+0000, a control character, at character 2; remove it',
    ],
    [
      'an end inside of a cell',
      'name,storeId,tills\nstore-1,"a,3\n',
      'stores.csv:2:2 [grocer/stores] the file ends inside a quoted cell; it was cut off, or a quote (") is not closed; what follows was not read',
    ],
    [
      'a cell of 10 MB',
      `name,storeId,tills\nstore-1,${'x'.repeat(10_000_000)},3\n`,
      'stores.csv:2:2 [grocer/stores] the row is longer than 1 MiB; perhaps a quote (") is not closed; what follows was not read',
    ],
    [
      'Latin-1',
      Buffer.from('name,storeId,tills\nstore-1,Z\xfcrich,3\n', 'latin1'),
      'stores.csv:2 [grocer/stores] "stores.csv" is not UTF-8 (byte 0xFC here); save it as UTF-8',
    ],
    [
      'a header alone',
      'name,storeId,tills\n',
      'stores.csv [grocer/stores] the inventory has no rows, so there are no sites of it',
    ],
  ])('with %s gives no site, and one problem with its place', (_, text, problem) => {
    expect(readCsv(text)).toEqual({ sites: [], closed: [], problems: [problem] });
  });

  test('has all of its bad rows told, and its good ones read', () => {
    const { sites, problems } = readCsv('name,storeId,tills\nstore-1,a,x\nstore-2,b,2\nStore 3,c,y\nstore-4\n');
    expect(sites.map((s) => s.name)).toEqual(['store-2']);
    expect(problems.map((p) => p.split(' ')[0])).toEqual([
      'stores.csv:2:3',
      'stores.csv:4:1',
      'stores.csv:4:3',
      'stores.csv:5',
    ]);
  });

  test('has fifty problems told, and how many more there are', () => {
    const rows = Array.from({ length: 60 }, (_, i) => `store-${i},a,x`);
    const { problems } = readCsv(`name,storeId,tills\n${rows.join('\n')}\n`);
    expect(problems).toHaveLength(51);
    expect(problems[50]).toBe(
      '[grocer/stores] has 10 more problems in its rows; these show when the ones above are solved',
    );
  });

  test('that is empty is an error, and one with a header alone a warning', () => {
    const severities = ['', 'name,storeId,tills\n'].map((text) => {
      writeFileSync(join(root, 'stores.csv'), text);
      const model = fleet(storeSchema, [source({ kind: 'csv', file: 'stores.csv', columns: {} })]);
      return resolveSites(model).problems.map((p) => p.severity);
    });
    expect(severities).toEqual([['error'], ['warning']]);
  });

  test('of a relative path needs the root of the fleet', () => {
    const { root: _root, ...model } = fleet(storeSchema, [source({ kind: 'csv', file: 'stores.csv', columns: {} })]);
    expect(read(model).problems).toEqual([
      '[grocer/stores] "stores.csv" is a relative path, and the fleet says not from where; give Fleet `root: __dirname`',
    ]);
  });

  test('with half of a surrogate pair by an escape of JSON is refused with its place', () => {
    writeFileSync(join(root, 'stores.json'), '[\n  {"name": "store-1", "storeId": "\\ud83d", "tills": 3}\n]');
    expect(read(fleet(storeSchema, [source({ kind: 'json', file: 'stores.json', columns: {} })])).problems).toEqual([
      'stores.json:2:34 [grocer/stores] storeId holds U+D83D, half of a surrogate pair, at character 1; remove it',
    ]);
  });

  test('with half of a surrogate pair deep inside is refused too', () => {
    const schema = z.object({ tags: z.array(z.string()) });
    expect(readRows([{ name: 'store-1', tags: ['x', '\udc00'] }], schema).problems).toEqual([
      'rows[0].tags [grocer/stores] tags.1 holds U+DC00, half of a surrogate pair, at character 1; remove it (store-1)',
    ]);
  });
});

describe('a column that the schema has no use for', () => {
  test('is refused where it stands, with what was probably meant', () => {
    expect(readCsv('name,tils,storeId,tills\nstore-1,4,a,3\nstore-2,5,b,3\n').problems).toEqual([
      'stores.csv:1:2 [grocer/stores] has a column "tils" that the schema has no use for (it knows "storeId", "tills"); did you mean "tills"?',
    ]);
  });

  test('may be a fact that is misspelt', () => {
    expect(readCsv('name,storeId,tills,timezone\nstore-1,a,3,UTC\n').problems).toEqual([
      expect.stringMatching(/has a column "timezone" that .*; did you mean "timeZone"\?$/),
    ]);
  });

  test('is refused though its first cells are empty and its first rows are wrong', () => {
    const { problems } = readCsv('name,storeId,tills,note\nstore-1,a,3,\nstore-2,a,x,hello\nstore-3,a,3,hello\n');
    expect(problems.map((p) => p.split(' ')[0])).toEqual(['stores.csv:1:4', 'stores.csv:3:3']);
  });

  test('is one that is empty in all rows', () => {
    expect(readCsv('name,storeId,tills,open\nstore-1,a,3,\n').problems).toEqual([]);
  });

  test('is any column where there is no schema', () => {
    expect(readCsv('name,city\nstore-1,Bern\n', 'none').problems).toEqual([
      'stores.csv:1:2 [grocer/stores] has a column "city", and its blueprint has no schema; remove the column, or give the blueprint a schema of values',
    ]);
  });

  test('is refused by a strict schema itself', () => {
    expect(readCsv('name,a,b\nstore-1,x,y\n', z.strictObject({ a: z.string() })).problems).toEqual([
      'stores.csv:2 [grocer/stores] Unrecognized key: "b" (store-1)',
    ]);
  });

  test('is none that a transform renames', () => {
    const schema = z.object({ id: z.string() }).transform(({ id }) => ({ storeId: id }));
    expect(readCsv('name,id\nstore-1,x\n', schema)).toMatchObject({
      sites: [{ values: { storeId: 'x' } }],
      problems: [],
    });
  });

  test('is told at its first row where columns have no place of their own', () => {
    expect(readRows([{ name: 'store-1' }, { name: 'store-2', city: 'Bern' }], z.object({})).problems).toEqual([
      'rows[1].city [grocer/stores] has a column "city" that the schema has no use for (it knows none); remove the column, or add it to the schema',
    ]);
  });
});

describe('names of sites', () => {
  test('are unique over all sources, and the first is kept', () => {
    writeFileSync(join(root, 'one.csv'), 'name\nstore-1\nstore-2\n');
    writeFileSync(join(root, 'two.csv'), 'name\nstore-3\nstore-2\n');
    const sources = [
      source({ kind: 'csv', file: 'one.csv', columns: {} }, 'one'),
      source({ kind: 'csv', file: 'two.csv', columns: {} }, 'two'),
      source({ kind: 'site', site: { name: 'store-1', facts: {}, values: {} } }, 'hand'),
      source({ kind: 'site', site: { name: 'store-1', facts: { state: 'closed' }, values: {} } }, 'shut'),
    ];
    const { sites, closed, problems } = read(fleet(undefined, sources));
    expect(sites.map((s) => [s.name, s.path])).toEqual([
      ['store-1', 'grocer/one'],
      ['store-2', 'grocer/one'],
      ['store-3', 'grocer/two'],
    ]);
    expect(closed).toEqual([]);
    expect(problems).toEqual([
      'two.csv:3:1 [grocer/two] the name "store-2" is taken by one.csv:3 [grocer/one]; a site\'s name is unique in the fleet (store-2)',
      '[grocer/hand] the name "store-1" is taken by one.csv:2 [grocer/one]; a site\'s name is unique in the fleet (store-1)',
      '[grocer/shut] the name "store-1" is taken by one.csv:2 [grocer/one]; a site\'s name is unique in the fleet (store-1)',
    ]);
  });

  test('of a hand-written site are taken by its construct', () => {
    const site = (id: string) => source({ kind: 'site', site: { name: 'a', facts: {}, values: {} } }, id);
    expect(read(fleet(undefined, [site('x/a'), site('y/a')])).problems).toEqual([
      '[grocer/y/a] the name "a" is taken by [grocer/x/a]; a site\'s name is unique in the fleet (a)',
    ]);
  });
});

describe('a schema', () => {
  test('that is asynchronous is told once', () => {
    const schema = z.object({ storeId: z.string().refine(async () => true) });
    expect(readCsv('name,storeId\nstore-1,a\nstore-2,b\n', schema)).toEqual({
      sites: [],
      closed: [],
      problems: [
        expect.stringMatching(/^stores\.csv:2 \[grocer\/stores\] the schema gave a promise: it is asynchronous, /),
      ],
    });
  });

  test('that throws is told for each row', () => {
    const validate = () => {
      throw new Error('boom');
    };
    const schema: SiteSchema = { '~standard': { version: 1, vendor: 'test', validate } };
    expect(readCsv('name,storeId\nstore-1,a\nstore-2,b\n', schema).problems.map((p) => p.split(';')[0])).toEqual([
      'stores.csv:2 [grocer/stores] the schema threw (boom)',
      'stores.csv:3 [grocer/stores] the schema threw (boom)',
    ]);
  });

  test('of zod in which something throws is told for each row, once it has answered for one', () => {
    const schema = z.object({ json: z.string().transform((text): unknown => JSON.parse(text)) });
    const { sites, problems } = readCsv('name,json\nstore-1,1\nstore-2,{\nstore-3,[\nstore-4,2\n', schema);
    expect(sites.map((s) => s.name)).toEqual(['store-1', 'store-4']);
    expect(problems).toEqual([
      expect.stringMatching(/^stores\.csv:3 .*something in it threw/),
      expect.stringMatching(/^stores\.csv:4 .*something in it threw/),
    ]);
  });

  test('whose output is no data is told for each value', () => {
    const schema = z.object({ opened: z.coerce.date(), id: z.string().transform((id) => BigInt(id)) });
    expect(readCsv('name,opened,id\nstore-1,2026-01-01,1\n', schema).problems).toEqual([
      expect.stringMatching(/^stores\.csv:2:2 \[grocer\/stores\] opened is an instance of Date; /),
      expect.stringMatching(/^stores\.csv:2:3 \[grocer\/stores\] id is the bigint 1; /),
    ]);
  });
});

test('a source of a blueprint of another fleet is a problem', () => {
  const stray = {
    ...source({ kind: 'site', site: { name: 'a', facts: {}, values: {} } }, 'a'),
    blueprint: 'other/store',
  };
  expect(read(fleet(undefined, [stray])).problems).toEqual([
    '[grocer/a] is of the blueprint [other/store], which is not of this fleet; make both under one Fleet',
  ]);
});

test('twenty times the rows take far less than four hundred times the time', () => {
  const csv = (n: number) =>
    `name,storeId,tills\n${Array.from({ length: n }, (_, i) => `store-${i},${i},${i % 9}`).join('\n')}\n`;
  const time = (n: number) => {
    const text = csv(n);
    const start = process.hrtime.bigint();
    expect(readCsv(text).sites).toHaveLength(n);
    return Number(process.hrtime.bigint() - start);
  };
  time(1000);
  const [few, many] = [time(1000), time(20_000)];
  expect(many / few).toBeLessThan(150);
});
