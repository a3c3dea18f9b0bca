import type { FluxModel, FluxSource, GitSource, OciSource } from './model';

/** @see fluxcd/source-controller, api/v1/ocirepository_types.go; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const ociUrl = /^oci:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)+$/;
const ociTag = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
/** No `git@host:path`, which Flux does not take. @see fluxcd/source-controller, api/v1/gitrepository_types.go */
const gitUrl = /^(https?|ssh):\/\/[^\s/]+\/\S+$/;
const objectName = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const week = 7 * 24 * 60;

/** What is wrong with a delivery whatever its sites; each follows the path of what has it. */
export function modelProblems({ source, intervalMinutes, decryption }: FluxModel): string[] {
  const secrets = [source.secret, source.kind === 'oci' ? source.verify?.secret : undefined, decryption?.secret];
  return [
    ...addressProblems(source),
    ...(source.kind === 'oci' ? ociProblems(source) : gitProblems(source)),
    ...(Number.isInteger(intervalMinutes) && intervalMinutes >= 1 && intervalMinutes <= week
      ? []
      : [`has an interval of ${intervalMinutes} minutes; whole minutes from 1 to ${week} are accepted`]),
    ...secrets
      .filter((name) => name !== undefined && !objectName.test(name))
      .map((name) => `has a Secret '${name}' for Flux; the name of a Kubernetes object is accepted`),
  ];
}

function addressProblems({ kind, url }: FluxSource): string[] {
  const shown = url.replace(/^([a-z+]+:\/\/)[^/@:]*:[^/@]+@/, '$1...@');
  if (shown !== url)
    return [`has a source with a password in its address (${shown}); put it into a Secret of each site, and name that`];
  if (kind === 'oci')
    return ociUrl.test(url)
      ? []
      : [`has an OCI source '${url}'; an address such as oci://registry.example/fleet is accepted`];
  return gitUrl.test(url)
    ? []
    : [
        `has a git repository '${url}'; an address such as https://git.example/fleet.git or ssh://git@git.example/fleet.git is accepted`,
      ];
}

function ociProblems({ tag, verify }: OciSource): string[] {
  return [
    ...(ociTag.test(tag)
      ? []
      : [`has a tag '${tag}'; at most 128 letters, digits, '.', '_' and '-' are accepted, such as stable`]),
    ...(verify === undefined || verify.provider === 'cosign'
      ? []
      : [`has artifacts verified by '${verify.provider}'; cosign is accepted`]),
  ];
}

function gitProblems({ branch, path }: GitSource): string[] {
  return [
    ...(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(branch) && !branch.includes('..')
      ? []
      : [`has a git branch '${branch}'; the name of a branch is accepted, such as main`]),
    ...(path === '' || path.split('/').every((part) => /^[A-Za-z0-9._-]+$/.test(part) && !/^\.\.?$/.test(part))
      ? []
      : [
          `has a git path '${path}'; a folder in the repository is accepted, such as dist, without a slash before and behind it`,
        ]),
  ];
}
