import { type ArtifactArchitecture, k3sFileNames, type LockMember } from '../model/artifact-lock';
import { isNamedInK3sArchive } from '../model/image-name';
import { RELEASE_KINDS } from '../model/lock/kinds';
import { cniPluginsFileName, kubeEdgeFileNames } from '../model/lock/kubeedge';

/** A file of a release that a tree locks by its checksum. On a medium it has the name that the release gives it. */
export interface Artifact {
  readonly member: LockMember;
  readonly version: string;
  readonly architecture: ArtifactArchitecture;
  /** As the release names it: `k3s-arm64`. */
  readonly file: string;
  readonly sha256: string;
  /** Nodes of the tree cannot get it anywhere else. */
  readonly required: boolean;
  /** Where they get it from otherwise. @default - nowhere */
  readonly url?: string;
  /** What is known of the images in it, which is not looked into. @default - it is looked into, or has none */
  readonly holds?: (image: string) => boolean;
}

type Settings = ReadonlyMap<string, string>;

/** What the settings of a tree lock, by its distribution; nothing where that locks nothing. */
export function artifactsOf(distribution: string | undefined, settings: Settings): Artifact[] {
  const read = READERS.get(distribution ?? '');
  return read === undefined ? [] : read(settings);
}

/** `K3s v1.33.5+k3s1` */
export function releaseName({ member, version }: Pick<Artifact, 'member' | 'version'>): string {
  return `${RELEASE_KINDS[member].title} ${version}`;
}

const READERS: ReadonlyMap<string, (settings: Settings) => Artifact[]> = new Map([
  ['k3s', k3sArtifacts],
  ['kubeedge', kubeEdgeArtifacts],
  ['microk8s', microk8sArtifacts],
]);

function k3sArtifacts(settings: Settings): Artifact[] {
  const release = { member: 'k3s', version: settings.get('K3S_VERSION') ?? '' } as const;
  return RELEASE_KINDS.k3s.architectures.flatMap((architecture) => {
    const { binary, images } = k3sFileNames(architecture);
    const of = (file: string, name: string) =>
      lockedFile({ ...release, architecture, file }, name, 'BASE_URL', settings);
    // Machines with a runtime of their own have none: nobody would import them.
    const archive = of(images, 'IMAGES').map((artifact) => ({ ...artifact, holds: isNamedInK3sArchive }));
    return [...of(binary, 'BINARY'), ...archive];
  });
}

function kubeEdgeArtifacts(settings: Settings): Artifact[] {
  const version = settings.get('KUBEEDGE_VERSION') ?? '';
  const cniVersion = settings.get('CNI_VERSION') ?? '';
  return RELEASE_KINDS.kubeedge.architectures.flatMap((architecture) => {
    const { edgecore, keadm } = kubeEdgeFileNames(version, architecture);
    const release = { member: 'kubeedge', version, architecture } as const;
    const plugins = { member: 'cniPlugins', version: cniVersion, architecture } as const;
    return [
      ...lockedFile({ ...release, file: edgecore }, 'EDGECORE', 'BASE_URL', settings),
      ...lockedFile({ ...release, file: keadm }, 'KEADM', 'BASE_URL', settings),
      ...lockedFile(
        { ...plugins, file: cniPluginsFileName(cniVersion, architecture) },
        'CNI',
        'CNI_BASE_URL',
        settings,
      ),
    ];
  });
}

/** Machines that ask the store take nothing from a medium. */
function microk8sArtifacts(settings: Settings): Artifact[] {
  if (settings.get('INSTALL') === 'online') return [];
  const base = settings.get('BASE_URL');
  return RELEASE_KINDS.microk8s.architectures.flatMap((architecture) => {
    const artifact = (file: string, sha256 = ''): Artifact => ({
      member: 'microk8s',
      version: settings.get('CHANNEL') ?? '',
      architecture,
      file,
      sha256,
      required: settings.get('INSTALL') === 'preloaded',
      ...(base !== undefined && { url: `${base}/${file}` }),
    });
    const listed = (name: string) =>
      (settings.get(`${name}_${architecture.toUpperCase()}`) ?? '').split(' ').filter(Boolean);
    return [
      ...listed('SNAPS').flatMap((entry) => {
        const [stem, snap, assertions] = entry.split(':');
        return [artifact(`${stem}.snap`, snap), artifact(`${stem}.assert`, assertions)];
      }),
      ...listed('IMAGES').map((entry) => {
        const [file = '', sha256] = entry.split(':');
        return artifact(file, sha256);
      }),
    ];
  });
}

/** `<NAME>_SHA256_<ARCHITECTURE>` */
function lockedFile(
  artifact: Pick<Artifact, 'member' | 'version' | 'architecture' | 'file'>,
  name: string,
  folder: string,
  settings: Settings,
): Artifact[] {
  const sha256 = settings.get(`${name}_SHA256_${artifact.architecture.toUpperCase()}`);
  if (sha256 === undefined) return [];
  const base = settings.get(folder);
  const required = settings.get('INSTALL') === 'preloaded';
  return [{ ...artifact, sha256, required, ...(base !== undefined && { url: `${base}/${artifact.file}` }) }];
}
