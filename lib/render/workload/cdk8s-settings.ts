/** What cdk8s reads from the environment while a chart is made: the order of keys, and the letters in generated names. */
const settings = ['CDK8S_DISABLE_SORT', 'CDK8S_LEGACY_HASH', 'CDK8S_OUTDIR', 'CDK8S_RECORD_CONSTRUCT_METADATA'];

/** Runs without these settings, and puts them back, so that a program gives the same bytes whatever is set where it runs. */
export function withoutCdk8sSettings<T>(run: () => T): T {
  const { env } = process;
  const set = settings.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  for (const [name] of set) delete env[name];
  try {
    return run();
  } finally {
    for (const [name, value] of set) env[name] = value;
  }
}
