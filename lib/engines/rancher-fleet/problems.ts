import { gzipSync } from 'node:zlib';
import type { DeliverySharedCluster } from '../../model/delivery';
import type { Layer } from '../../model/layer';
import { sharedBundles } from './gitrepo';
import type { RancherFleetModel } from './model';
import { limitProblem } from './rollout-problems';

/** Of a Helm release, and so of a bundle. @see rancher/fleet, pkg/apis, bundledeployment_types.go, MaxHelmReleaseNameLen */
const longestRelease = 53;

/** Above it a bundle is packed before it is stored. @see rancher/fleet, internal/bundlereader/read.go, loadBundle */
const packedFrom = 1_000_000;

/** The largest request that etcd takes unless told otherwise. @see https://etcd.io/docs/v3.6/dev-guide/limit/ */
const largestRequest = 1.5 * 1024 * 1024;

const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** What is wrong with a delivery whatever its sites; each follows the path of what has it. */
export function modelProblems(model: RancherFleetModel): string[] {
  const { git, namespace, maxUnavailable, offlineShare, rollBackAfterSeconds } = model;
  const problems: string[] = [];
  if (!/^(https?:\/\/|ssh:\/\/|[^@/\s]+@[^:\s]+:)\S+$/.test(git.url))
    problems.push(
      `has a git repository '${withoutSecret(git.url)}'; an address such as https://git.example/fleet.git or git@git.example:fleet.git is accepted`,
    );
  if (secretIn(git.url) !== undefined)
    problems.push(
      `has a git repository with a password in its address (${withoutSecret(git.url)}); name a Secret of the hub with it: git.secret`,
    );
  if (git.branch === '' || /\s/.test(git.branch))
    problems.push(`has a git branch '${git.branch}'; the name of a branch is accepted`);
  if (git.path !== undefined && !/^[^/\s]+(\/[^/\s]+)*$/.test(git.path.replace(/(^|\/)\.\.?(?=\/|$)/, ' ')))
    problems.push(`has a git path '${git.path}'; a folder below the top of the repository is accepted, such as 'dist'`);
  if (!dnsLabel.test(namespace)) problems.push(`has a namespace '${namespace}'; a DNS label is accepted`);
  const limit = limitProblem(maxUnavailable);
  if (limit !== undefined) problems.push(limit);
  if (offlineShare !== undefined && !(offlineShare >= 0 && offlineShare < 1))
    problems.push(`has an offlineShare of ${offlineShare}; a share from 0 to less than 1 is accepted`);
  if (rollBackAfterSeconds !== undefined && !(Number.isInteger(rollBackAfterSeconds) && rollBackAfterSeconds > 0))
    problems.push(`has rollBackAfterSeconds of ${rollBackAfterSeconds}; whole seconds from 1 are accepted`);
  return problems;
}

/** What makes a layer's name no name of a bundle and of a Helm release; follows the path of its workload. */
export function nameProblems({ name, variants }: Layer): string[] {
  const problems: string[] = [];
  if (name.length > longestRelease)
    problems.push(
      `has an id of ${name.length} characters, and names a bundle and a Helm release with Rancher Fleet; at most ${longestRelease} are accepted`,
    );
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))
    problems.push(`has the id '${name}', and names a bundle with Rancher Fleet; a DNS label is accepted`);
  if (name.startsWith('fleet-agent'))
    problems.push(
      `has the id '${name}': what begins with fleet-agent is never removed by Rancher Fleet's agent, which takes it for itself; another id is accepted`,
    );
  for (const variant of variants)
    if (!/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(variant.name))
      problems.push(
        `has a variant '${variant.name}' (${variant.name.length} characters), which is the value of a label with Rancher Fleet; at most 63 letters, digits, '-', '_' and '.' are accepted`,
      );
  return problems;
}

/** The same of a cluster that sites share, whose shards have bundles, too. */
export function sharedNameProblems(cluster: DeliverySharedCluster): string[] {
  const longest = Math.max(...sharedBundles(cluster).map(({ name }) => name.length));
  if (longest <= longestRelease) return [];
  return [
    `has an id of ${cluster.id.length} characters, and names bundles of up to ${longest} with Rancher Fleet; at most ${longestRelease - (longest - cluster.id.length)} are accepted`,
  ];
}

/** A bundle is one object of the hub, with all its files. Charts that the hub downloads come on top and are not known here. */
export function sizeProblem(files: ReadonlyMap<string, string>): string | undefined {
  const resources = (content: (text: string) => string) =>
    JSON.stringify([...files].map(([name, text]) => ({ name, content: content(text) })));
  const plain = Buffer.byteLength(resources((text) => text));
  if (plain < packedFrom) return undefined;
  const packed = resources((text) => gzipSync(text, { level: 9 }).toString('base64')).length;
  if (packed <= largestRequest) return undefined;
  return `makes a bundle of ${mib(plain)} MiB, ${mib(packed)} MiB packed, with ${files.size} files; Rancher Fleet stores it as one object, of ${mib(largestRequest)} MiB at most. Fewer variants, smaller files, or two workloads`;
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

function secretIn(url: string): string | undefined {
  return /^[a-z+]+:\/\/[^/@:]*:([^/@]+)@/.exec(url)?.[1];
}

function withoutSecret(url: string): string {
  const secret = secretIn(url);
  return secret === undefined ? url : url.replace(`:${secret}@`, ':...@');
}
