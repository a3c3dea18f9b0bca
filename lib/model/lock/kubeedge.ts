import {
  ARTIFACT_ARCHITECTURES,
  type ArtifactArchitecture,
  type ArtifactLock,
  type LockedFile,
} from '../artifact-lock';
import type { KubeEdgeArtifacts } from '../kubeedge-node-input';
import { members, readFile } from './reading';
import type { ReleaseKind } from './release-kind';

const isRelease = (text: string) => /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.test(text);

export const KUBEEDGE_KIND: ReleaseKind = {
  title: 'KubeEdge',
  name: 'kubeedge',
  architectures: ARTIFACT_ARCHITECTURES,
  isVersion: isRelease,
  example: 'v1.23.1',
  readParts(problems, at, value, { version, architecture }) {
    const both = members(problems, at, value, ['edgecore', 'keadm']);
    if (!both) return undefined;
    const names = kubeEdgeFileNames(version, architecture);
    const edgecore = readFile(problems, `${at}.edgecore`, both.edgecore, names.edgecore, true);
    const keadm = readFile(problems, `${at}.keadm`, both.keadm, names.keadm, true);
    return edgecore && keadm && { edgecore, keadm };
  },
};

export const CNI_PLUGINS_KIND: ReleaseKind = {
  title: 'CNI plug-ins',
  name: 'cni-plugins',
  architectures: ARTIFACT_ARCHITECTURES,
  isVersion: isRelease,
  example: 'v1.9.1',
  readParts(problems, at, value, { version, architecture }) {
    const one = members(problems, at, value, ['archive']);
    if (!one) return undefined;
    const archive = readFile(problems, `${at}.archive`, one.archive, cniPluginsFileName(version, architecture));
    return archive && { archive };
  },
};

/** The release's own names of its archives. */
export function kubeEdgeFileNames(
  version: string,
  architecture: ArtifactArchitecture,
): { readonly edgecore: string; readonly keadm: string } {
  return {
    edgecore: `kubeedge-${version}-linux-${architecture}.tar.gz`,
    keadm: `keadm-${version}-linux-${architecture}.tar.gz`,
  };
}

export function cniPluginsFileName(version: string, architecture: ArtifactArchitecture): string {
  return `cni-plugins-linux-${architecture}-${version}.tgz`;
}

/** What is locked for machines of KubeEdge, and the folders it was locked from. */
export interface LockedEdge {
  readonly artifacts: KubeEdgeArtifacts;
  readonly baseUrl: string;
  readonly cniBaseUrl: string;
}

/** What edge nodes of these architectures install; or what is not locked of it, as `KubeEdge v1.23.1 for arm64`. */
export function lockedEdge(
  lock: ArtifactLock | undefined,
  wanted: { readonly version: string; readonly cniVersion: string },
  architectures: readonly ArtifactArchitecture[],
): LockedEdge | { readonly missing: readonly string[] } {
  const { version, cniVersion } = wanted;
  const [release, plugins] = [lock?.kubeedge?.[version], lock?.cniPlugins?.[cniVersion]];
  const missing = architectures.flatMap((name) => [
    ...(release?.[name] ? [] : [`KubeEdge ${version} for ${name}`]),
    ...(plugins?.[name] ? [] : [`CNI plug-ins ${cniVersion} for ${name}`]),
  ]);
  if (!release || !plugins || missing.length > 0) return { missing };
  const sums = (file: (name: ArtifactArchitecture) => LockedFile | undefined) =>
    Object.fromEntries(architectures.map((name) => [name, file(name)?.sha256]));
  const [first = 'amd64'] = architectures;
  return {
    artifacts: {
      edgecoreSha256: sums((name) => release[name]?.edgecore),
      keadmSha256: sums((name) => release[name]?.keadm),
      cniVersion,
      cniSha256: sums((name) => plugins[name]?.archive),
      lockedOn: release.lockedOn > plugins.lockedOn ? release.lockedOn : plugins.lockedOn,
    },
    baseUrl: folderOf(release[first]?.edgecore),
    cniBaseUrl: folderOf(plugins[first]?.archive),
  };
}

function folderOf(file: LockedFile | undefined): string {
  return file?.url.slice(0, -file.file.length - 1) ?? '';
}
