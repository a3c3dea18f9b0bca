import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import { collect } from '../../constructs/collect';
import { model } from '../../constructs/internal';
import grocer from '../../examples/grocer/grocer';
import quickstart from '../../examples/quickstart/quickstart';
import type { FleetModel } from '../../lib/model/fleet-model';
import { fillTemplate, fillText, siteValue } from '../../lib/model/hole-value';
import { mapScalars } from '../../lib/model/kube-object';
import type { SitePlan } from '../../lib/model/plan';
import { numberHole, type TokenTable } from '../../lib/model/token';
import { renderFleet } from '../../lib/synth';
import { hostileTexts, inventoryText } from '../support/hostile';

/** The example's own model, with inventories in which free text is something hostile. */
function hostileModel(fleet: typeof grocer, text: (i: number) => string): FleetModel {
  const own = collect(fleet, fleet[model]);
  let i = 0;
  const sources = own.sources.map((source) => {
    const { inventory } = source;
    if (inventory.kind !== 'csv') return source;
    const records: Record<string, string>[] = parse(readFileSync(join(own.root ?? '', inventory.file)), {
      columns: true,
      bom: true,
    });
    const rows = records.slice(0, 12).map((record) => {
      const free = Object.keys(record).filter((key) => ['storeId', 'city', 'contact'].includes(key));
      const numbers = Object.keys(record).filter((key) => ['tills', 'vlan', 'latitude', 'longitude'].includes(key));
      return {
        ...record,
        ...Object.fromEntries(numbers.map((key) => [key, Number(record[key])])),
        ...Object.fromEntries(free.map((key) => [key, text(i++)])),
        state: record.state || 'active',
      };
    });
    return { ...source, inventory: { kind: 'rows' as const, rows, columns: inventory.columns } };
  });
  return { ...own, sources };
}

function fill(tree: unknown, site: SitePlan, tokens: TokenTable): unknown {
  return mapScalars(tree, (value) => {
    if (typeof value === 'string') return fillText(value, (hole) => siteValue(site, hole), tokens);
    const use = numberHole(value, tokens);
    return use ? siteValue(site, use.hole) : value;
  });
}

/** Every file of every site, read by three readers, against the objects that were meant to stand in it. */
function expectTrueFiles(fleet: FleetModel): number {
  const { plan, rendering, problems } = renderFleet(fleet);
  expect(problems.filter((p) => p.severity === 'error' && /content|transform|renders/.test(p.message))).toEqual([]);
  let files = 0;
  for (const site of plan.sites) {
    const cohort = plan.cohorts.find((c) => c.id === site.cohort);
    const rendered = (cohort?.units ?? []).map((id) => rendering.units.get(id));
    expect(rendered).not.toContain(undefined);
    for (const file of rendered.flatMap((unit) => unit?.files ?? [])) {
      const text = fillTemplate(file.template, site);
      const meant = file.objects.map((object) => fill(object, site, plan.tokens));
      const documents = (version: '1.1' | '1.2') =>
        [...parseAllDocuments(text, { version })].map((document) => document.toJS());
      expect(documents('1.2')).toEqual(meant);
      expect(documents('1.1')).toEqual(meant);
      expect(loadAll(text)).toEqual(meant);
      files++;
    }
  }
  return files;
}

describe.each([
  ['quickstart', quickstart],
  ['grocer', grocer],
])('the files of examples/%s', (_name, fleet) => {
  test('say what was meant, with every hostile text in every hole', () => {
    const files = expectTrueFiles(
      hostileModel(fleet, (i) => hostileTexts[i % hostileTexts.length]?.replace(/[^\P{Cc}\n\t]/gu, '') || 'x'),
    );
    expect(files).toBeGreaterThan(2);
  });

  test('say what was meant, with any text of an inventory', () => {
    fc.assert(
      fc.property(fc.array(inventoryText, { minLength: 3, maxLength: 30 }), (texts) => {
        expectTrueFiles(hostileModel(fleet, (i) => texts[i % texts.length] || 'x'));
      }),
      { numRuns: 8 },
    );
  });
});

test('no name that an inventory can give leads out of the output folder', () => {
  fc.assert(
    fc.property(
      fc.oneof(inventoryText, fc.constantFrom('..', '../x', '/etc', 'a/b', 'CON', 'a\\b', '.', 'x'.repeat(64))),
      (name) => {
        const own = collect(quickstart, quickstart[model]);
        const sources = own.sources.map((source) => ({
          ...source,
          inventory: { kind: 'rows' as const, rows: [{ name, storeId: '1' }], columns: {} },
        }));
        const { plan, problems } = renderFleet({ ...own, sources });
        if (plan.sites.length === 0) expect(problems.some((p) => p.severity === 'error')).toBe(true);
        for (const site of plan.sites) {
          expect(dirname(resolve('/out', site.name))).toBe('/out');
          expect(site.name).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
        }
      },
    ),
    { numRuns: 300 },
  );
});
