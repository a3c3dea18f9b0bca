import { isAbsolute, resolve as resolvePath } from 'node:path';
import { readAssembly } from './assembly/read-assembly';
import { check } from './check/check';
import type { ClusterModel } from './model/distribution';
import type { FleetModel } from './model/fleet-model';
import type { Plan } from './model/plan';
import { error, hasErrors, listSome, type Problem, SynthError } from './model/problem';
import type { ModelSite } from './model/site-context';
import type { Rendering } from './model/template';
import { render } from './render/render';
import { secretRecords } from './render/secret-records';
import { resolve } from './resolve/resolve';
import { expiredOverrides } from './resolve/validate-model';
import { type Summary, summarise } from './summary';
import type { NewSecret, NodeChange } from './write/node-changes';
import { write } from './write/write';

export type { NewSecret, NodeChange };

export interface SynthOptions {
  /** Output folder; a relative one starts from the fleet's root. @default 'dist' */
  readonly outDir?: string;
  /** Let sites and workloads that hold data leave the assembly. @default false */
  readonly allowRemovals?: boolean;
  /** Warnings count as errors. @default false */
  readonly strict?: boolean;
  /** Compare every file with what it should be, instead of trusting the index. @default false */
  readonly verify?: boolean;
  /** Day on which overrides are checked for their end, such as `2026-12-31`. @default - they are not checked */
  readonly today?: string;
  /** Called as the run goes on. @default - none */
  readonly onProgress?: (progress: SynthProgress) => void;
  /** Last chance to stop before anything is written: what it returns are further problems. @default - none */
  readonly beforeWrite?: () => readonly Problem[];
}

export interface SynthProgress {
  readonly step: 'resolve' | 'render' | 'check' | 'write';
  /** Files written so far. @default - the step is not counted */
  readonly done?: number;
  /** Files to be written. @default - the step is not counted */
  readonly total?: number;
}

export interface SynthResult extends Summary {
  /** Absolute path of the assembly. */
  readonly outDir: string;
  /** Files of sites that are new or changed. */
  readonly written: number;
  /** Files of sites that are as they were. */
  readonly unchanged: number;
  /** Files of sites that are gone. */
  readonly removed: number;
  /** What changes on machines that run already, by file. */
  readonly nodeChanges: readonly NodeChange[];
  /** Secrets without which machines that run already will not take what changes. */
  readonly newSecrets: readonly NewSecret[];
  /** Machines that run already and whose own files, such as name and address, are others now. No carrier takes these to them. */
  readonly identityChanges: number;
  readonly warnings: readonly Problem[];
}

/** Everything but the write. */
export interface RenderedFleet {
  readonly plan: Plan;
  readonly rendering: Rendering;
  /** Errors and warnings of all stages. */
  readonly problems: readonly Problem[];
  /** Findings that the program acknowledges. */
  readonly acknowledged: readonly Problem[];
}

/** The whole run. Only the last step touches the output folder, and only when there is no error. */
export function synth(model: FleetModel, options: SynthOptions = {}): SynthResult {
  const outDir = outputFolder(model, options.outDir ?? 'dist');
  const previous = readAssembly(outDir, model.id);
  const fleet = renderFleet(model, options);
  const problems = [...fleet.problems, ...(options.beforeWrite?.() ?? [])];
  if (options.strict && problems.length > 0 && !hasErrors(problems))
    problems.push(error(model.id, `has ${problems.length} warnings, and --strict makes errors of them`));
  if (hasErrors(problems)) throw new SynthError(problems);

  const written = write(fleet.plan, fleet.rendering, secretRecords(fleet.plan), outDir, previous, {
    ...options,
    onProgress: (done, total) => options.onProgress?.({ step: 'write', done, total }),
  });
  return {
    outDir,
    ...summarise(fleet.plan, fleet.acknowledged),
    ...written,
    warnings: [...problems, ...written.warnings],
  };
}

function outputFolder(model: FleetModel, folder: string): string {
  if (model.root !== undefined || isAbsolute(folder)) return resolvePath(model.root ?? '/', folder);
  throw new SynthError([
    error(
      model.id,
      `cannot tell where ${folder} is: the fleet has no root; give it \`root: __dirname\`, or synth an absolute outDir`,
    ),
  ]);
}

/** Resolves, renders and checks, in memory. */
export function renderFleet(
  model: FleetModel,
  options: Pick<SynthOptions, 'onProgress' | 'today'> = {},
): RenderedFleet {
  options.onProgress?.({ step: 'resolve' });
  const plan = resolve(model);
  const expired = options.today === undefined ? [] : expiredOverrides(model, options.today);
  options.onProgress?.({ step: 'render' });
  const rendering = render(plan);
  options.onProgress?.({ step: 'check' });
  const { problems, acknowledged } = check(plan, rendering);
  // Those with a rule are among what was checked, where the program may acknowledge them.
  const earlier = [...plan.problems, ...expired, ...rendering.problems.filter(({ rule }) => rule === undefined)];
  const now = new Set([...rendering.problems, ...problems].map((p) => `${p.path} ${p.message}`));
  const later = problemsAfterMoves(plan, now);
  // What is wrong with a construct shows in its objects too; once is enough.
  const wrong = new Set(earlier.filter((p) => p.severity === 'error').map((p) => p.path));
  const shown = [...problems, ...later].filter((p) => !wrong.has(p.path));
  return { plan, rendering, problems: [...earlier, ...shown], acknowledged };
}

/** While a cluster moves from one release to another its content runs on both: what will be wrong when it has arrived is wrong now. */
function problemsAfterMoves({ model, cohorts }: Plan, known: ReadonlySet<string>): Problem[] {
  const moving = cohorts.filter(({ cluster }) => cluster.movesTo !== undefined);
  if (moving.length === 0) return [];
  const arrived = (cluster: ClusterModel): ClusterModel => {
    const { movesTo, ...rest } = cluster;
    return movesTo === undefined ? cluster : { ...rest, version: movesTo };
  };
  const blueprints = model.blueprints.map((b) => ({ ...b, cluster: (site: ModelSite) => arrived(b.cluster(site)) }));
  const plan = resolve({ ...model, blueprints });
  const rendering = render(plan);
  const found = [...rendering.problems, ...check(plan, rendering).problems].filter(
    (p) => p.severity === 'error' && !known.has(`${p.path} ${p.message}`),
  );
  const releases = listSome([...new Set(moving.map(({ cluster }) => cluster.movesTo ?? ''))]);
  return found.map((p) => ({ ...p, message: `${p.message} (once it has moved to ${releases})` }));
}
