import { filePathProblem, isContainerPath, pathSlug } from '../model/container-path';
import { sorted } from '../model/digest';
import { error, listSome, type Problem } from '../model/problem';
import type { ContainerContent, RunModel, StorageModel } from '../model/workload-model';

/** What is wrong with the literal parts of a container's content. What functions return is looked at once it is rendered. */
export function validateContainer(content: ContainerContent, path: string): Problem[] {
  const messages = [
    ...imageProblems(content.image),
    ...resourceProblems(content),
    ...runProblems(content.run),
    ...portProblems(content.ports),
    ...portUseProblems(content),
    ...pathProblems(content),
    ...healthProblems(content),
    ...securityProblems(content),
  ];
  return messages.map((message) => error(path, message));
}

const part = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';
const reference = new RegExp(
  `^(?:(?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+\\])(?::\\d+)?/)?(?:${part}/)*${part}(?::\\w[\\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`,
);

function imageProblems(image: string): string[] {
  if (image === '') return ['has no image; name one with its tag or digest, such as ghcr.io/acme/pos:1.4.2'];
  if (reference.test(image)) return [];
  return [
    `has the image ${JSON.stringify(image)}, which is no reference; write registry/name:tag, the name in lower case, or registry/name@sha256:<64 digits>`,
  ];
}

function resourceProblems({ resources }: ContainerContent): string[] {
  const { cpuMillis, cpuLimitMillis, memoryKiB, memoryLimitKiB, diskKiB, accelerator } = resources;
  const problems: string[] = [];
  if (!isCount(cpuMillis, 1)) problems.push(`asks for ${cpuMillis}m of CPU; take whole thousandths, one at least`);
  if (cpuLimitMillis !== undefined && !(cpuLimitMillis >= cpuMillis)) {
    problems.push(`limits CPU to ${cpuLimitMillis}m and asks for ${cpuMillis}m; a limit is no less than the request`);
  }
  if (!(memoryKiB > 0)) problems.push(`asks for ${memoryKiB} KiB of memory; it needs some`);
  if (!(memoryLimitKiB >= memoryKiB)) {
    problems.push(
      `limits memory to ${memoryLimitKiB} KiB and asks for ${memoryKiB} KiB; a limit is no less than the request`,
    );
  }
  if (diskKiB !== undefined && !(diskKiB > 0))
    problems.push(`asks for ${diskKiB} KiB of disk; leave it out for no limit`);
  if (accelerator && !isCount(accelerator.count, 1)) {
    problems.push(`asks for ${accelerator.count} of ${accelerator.resource}; accelerators come whole, one at least`);
  }
  if (accelerator && !/^[a-z0-9.-]+\/[A-Za-z0-9_.-]+$/.test(accelerator.resource)) {
    problems.push(
      `asks for the accelerator ${accelerator.resource}; write it as its device plugin does, such as nvidia.com/gpu`,
    );
  }
  return problems;
}

function runProblems(run: RunModel): string[] {
  if (run.kind === 'schedule') {
    if (isSchedule(run.cron)) return [];
    return [
      `runs by the schedule ${JSON.stringify(run.cron)}; write minute, hour, day, month and weekday, such as '0 3 * * *', or @hourly`,
    ];
  }
  if (run.kind !== 'replicas' && run.kind !== 'stateful') return [];
  const problems: string[] = [];
  const least = run.kind === 'stateful' ? 1 : 0;
  if (!isCount(run.replicas, least))
    problems.push(`runs in ${run.replicas} copies; take a whole number from ${least} on`);
  if (!isCount(run.moveAfterSeconds, 0)) {
    problems.push(`moves its pods after ${run.moveAfterSeconds} seconds; take a whole number from 0 on`);
  }
  return problems;
}

/** The shape alone: what each field takes is checked where it is rendered. */
function isSchedule(cron: string): boolean {
  return /^@\w+( \w+)?$/.test(cron) || /^\s*([\w*?,/-]+\s+){4}[\w*?,/-]+\s*$/.test(cron);
}

/** @see RFC 6335, section 5.1, as Kubernetes takes it */
const portName = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

function portProblems(ports: ContainerContent['ports']): string[] {
  const problems: string[] = [];
  const names = new Map<number, string>();
  for (const [name, port] of Object.entries(ports)) {
    if (!portName.test(name)) {
      problems.push(
        `names a port ${JSON.stringify(name)}; take up to 15 lower-case letters, digits and single '-', with a letter`,
      );
    }
    if (!isCount(port, 1) || port > 65535) problems.push(`has ${port} as port ${name}; take 1 to 65535`);
    const other = names.get(port);
    if (other !== undefined)
      problems.push(`has two names for the port ${port}, ${other} and ${name}; a Service takes one`);
    names.set(port, name);
  }
  return problems;
}

function portUseProblems({ ports, health, ingress }: ContainerContent): string[] {
  const problems: string[] = [];
  const known = `its ports are ${listSome(Object.keys(ports)) || 'none'}`;
  if (health && health.kind !== 'exec' && !Object.hasOwn(ports, health.port)) {
    problems.push(`has its health on the port ${health.port}; ${known}`);
  }
  if (typeof ingress !== 'object') return problems;
  if (!Object.hasOwn(ports, ingress.port)) problems.push(`has an ingress to the port ${ingress.port}; ${known}`);
  if (ingress.path !== undefined && !ingress.path.startsWith('/')) {
    problems.push(`has an ingress for the path ${JSON.stringify(ingress.path)}; begin it with '/'`);
  }
  return problems;
}

function pathProblems({ mounts, devices, files }: ContainerContent): string[] {
  const problems: string[] = [];
  const taken = [...Object.keys(mounts), ...devices];
  for (const [path, storage] of Object.entries(mounts)) problems.push(...mountProblems(path, storage));
  for (const device of devices) {
    if (!device.startsWith('/dev/') || !isContainerPath(device)) {
      problems.push(`has the device ${JSON.stringify(device)}; name a device file of the node, such as /dev/ttyUSB0`);
    }
  }
  const bySlug = new Map<string, string>();
  for (const path of taken) {
    const other = bySlug.get(pathSlug(path));
    if (other === path) problems.push(`mounts ${path} twice; take one of them out`);
    else if (other !== undefined)
      problems.push(`mounts ${other} and ${path}, whose volumes would have one name; rename a folder`);
    bySlug.set(pathSlug(path), path);
  }
  if (typeof files !== 'object') return problems;
  const paths = Object.keys(files);
  return [...problems, ...paths.flatMap((path) => filePathProblem(path, paths, taken) ?? [])];
}

function mountProblems(path: string, storage: StorageModel): string[] {
  const problems: string[] = [];
  if (!isContainerPath(path)) {
    problems.push(
      `mounts at ${JSON.stringify(path)}; write an absolute path without ':', '..' and a '/' at its end, such as /data`,
    );
  }
  if (storage.kind === 'host-path') {
    if (!/^\/(?!(.*\/)?\.\.(\/|$))/.test(storage.path)) {
      problems.push(
        `mounts the folder ${JSON.stringify(storage.path)} at ${path}; name an absolute path of the node, without '..'`,
      );
    }
  } else if (!(storage.sizeKiB > 0)) {
    problems.push(`mounts ${storage.sizeKiB} KiB at ${path}; it needs a size`);
  }
  return problems;
}

function healthProblems({ health }: ContainerContent): string[] {
  if (health?.kind === 'http' && !health.path.startsWith('/')) {
    return [`has its health at the path ${JSON.stringify(health.path)}; begin it with '/'`];
  }
  if (health?.kind === 'exec' && health.command.length === 0) return ['has a health check without a command; name one'];
  return [];
}

function securityProblems({ security }: ContainerContent): string[] {
  const problems: string[] = [];
  const { runAsUser, allowRoot, capabilities } = security;
  if (runAsUser !== undefined && !isCount(runAsUser, 0)) {
    problems.push(`runs as the user ${runAsUser}; take a numeric id from 0 on`);
  }
  if (runAsUser === 0 && !allowRoot)
    problems.push('runs as the user 0, which is root; say allowRoot too, or take another');
  for (const capability of capabilities) {
    if (!/^(?!CAP_)[A-Z][A-Z0-9_]*$/.test(capability)) {
      problems.push(
        `adds the capability ${JSON.stringify(capability)}; write it in capitals and without CAP_, such as NET_ADMIN`,
      );
    }
  }
  return problems;
}

function isCount(n: number, least: number): boolean {
  return Number.isSafeInteger(n) && n >= least;
}

/** What a variant or override must leave as it is: sites move between variants, and Kubernetes changes neither in place. */
export function validateVariant(
  base: ContainerContent,
  other: Partial<ContainerContent>,
  path: string,
  what: string,
): Problem[] {
  const problems: Problem[] = [];
  if (other.run && other.run.kind !== base.run.kind) {
    problems.push(
      error(
        path,
        `has ${what} that runs it another way (${other.run.kind}, not ${base.run.kind}); use a workload of its own, since no object can become one of another kind`,
      ),
    );
  }
  if (other.mounts && claimsOf(other.mounts) !== claimsOf(base.mounts)) {
    problems.push(
      error(
        path,
        `has ${what} with other volume claims; take the same paths and sizes, or a workload of its own: a site that moves would lose sight of its data`,
      ),
    );
  }
  return problems;
}

function claimsOf(mounts: ContainerContent['mounts']): string {
  const claims = Object.entries(mounts).filter(([, storage]) => storage.kind === 'claim');
  return JSON.stringify(sorted(claims, ([path]) => path));
}
