import { CNI_PLUGINS_VERSION } from '../catalog/cni-plugins';
import { cniPluginsFileName } from '../model/lock/kubeedge';
import { parseChecksums } from './checksums';
import { getText } from './get';
import type { ReleaseSource } from './release-source';

/**
 * Beside each archive is its SHA-256.
 *
 * @see containernetworking/plugins, .github/workflows/release.yaml
 */
export const CNI_PLUGINS_SOURCE: ReleaseSource = {
  member: 'cniPlugins',
  home: 'https://github.com/containernetworking/plugins/releases/download',
  async find({ version, architecture, base, patience }) {
    const file = cniPluginsFileName(version, architecture);
    const url = `${base}/${file}`;
    const sums = parseChecksums(await getText(`${url}.sha256`, patience));
    const sha256 = typeof sums === 'string' ? undefined : sums.get(file);
    if (sha256 !== undefined) return { parts: { archive: { file, url, sha256 } } };
    const why = typeof sums === 'string' ? sums : `lists no ${file}`;
    return {
      problem: `${url}.sha256 ${why}; name a source that has the files of CNI plug-ins as they were released`,
    };
  },
  known: () => `EdgeCDK takes ${CNI_PLUGINS_VERSION}`,
  ofChange: 'A release does not change after it is made: find out who changed it, and only then take it',
};
