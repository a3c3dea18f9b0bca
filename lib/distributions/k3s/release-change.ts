import { type K3sRelease, parseK3sVersion } from '../../catalog/k3s';
import type { ReleaseChange } from '../../model/distribution';

/** What becomes of machines whose cluster is described with another release. A node tree never replaces a K3s that is there: a move does. */
export function k3sReleaseChange(was: string, now: string): ReleaseChange | undefined {
  const [from, to] = [parseK3sVersion(was), parseK3sVersion(now)];
  if (!from || !to || was === now) return undefined;
  const steps = to.minor - from.minor;
  if (Math.abs(steps) > 1)
    return {
      message: `has K3s ${now} where machines run ${was}, and no minor may be skipped; move to 1.${from.minor + Math.sign(steps)} first, or take the change back`,
      isRefused: true,
    };
  if (isEarlier(to, from))
    return {
      message: `has K3s ${now} where machines run ${was}, and K3s does not go back: they keep what they have; take the change back`,
      isRefused: false,
    };
  return {
    message: `has K3s ${now} where machines run ${was}, and keep it: only a move replaces it; write \`version: { from: '${was}', to: '${now}' }\` until all have moved`,
    isRefused: false,
  };
}

function isEarlier(a: K3sRelease, b: K3sRelease): boolean {
  return (a.minor - b.minor || a.patch - b.patch || a.k3s - b.k3s) < 0;
}
