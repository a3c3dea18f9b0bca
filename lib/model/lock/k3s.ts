import { K3S_ARCHITECTURES, k3sFileNames } from '../artifact-lock';
import { members, readFile } from './reading';
import type { ReleaseKind } from './release-kind';

export const K3S_KIND: ReleaseKind = {
  title: 'K3s',
  name: 'k3s',
  architectures: K3S_ARCHITECTURES,
  isVersion: (text) => /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\+k3s[1-9]\d*$/.test(text),
  example: 'v1.33.5+k3s1',
  readParts(problems, at, value, { architecture }) {
    const both = members(problems, at, value, ['binary', 'images']);
    if (!both) return undefined;
    const names = k3sFileNames(architecture);
    const binary = readFile(problems, `${at}.binary`, both.binary, names.binary);
    const images = readFile(problems, `${at}.images`, both.images, names.images);
    return binary && images && { binary, images };
  },
};
