import { type Debian, versionsOf } from './debian';
import { MirrorUnreachable, RELEASES, unpackedRelease, withoutDebian } from './debian-packages';

/** What the tests of this run work with. Handed on in a variable, since they run in processes of their own. */
export interface Consumers {
  readonly debian: { readonly skipped: string } | { readonly releases: readonly Debian[] };
}

const VARIABLE = 'EDGECDK_E2E_CONSUMERS';

/** Gets what this machine can have, once. What it should have and does not get is an error, and no test runs. */
export default function setup(): void {
  const debian = debianOfMachine();
  if ('skipped' in debian) console.info(`\nskipped: all that Debian's packages prove, for ${debian.skipped}`);
  else for (const one of debian.releases) console.info(`\nDebian ${one.release}: ${versionsOf(one, ...SHOWN)}`);
  process.env[VARIABLE] = JSON.stringify({ debian } satisfies Consumers);
}

function debianOfMachine(): Consumers['debian'] {
  const skipped = withoutDebian();
  if (skipped !== undefined) return { skipped };
  try {
    return { releases: RELEASES.map((release) => ({ release, root: `${unpackedRelease(release)}/root` })) };
  } catch (e) {
    if (!(e instanceof MirrorUnreachable)) throw e;
    console.error(e.message);
    return { skipped: 'no mirror of Debian answers this machine' };
  }
}

const SHOWN = ['busybox', 'chrony', 'cloud-init', 'dash', 'firewalld', 'netplan.io', 'shellcheck', 'systemd', 'ufw'];

/** Tests that run once for each release of Debian. */
export function onEachDebian(define: (debian: Debian) => void): void {
  const { debian }: Consumers = JSON.parse(process.env[VARIABLE] ?? '{}');
  if ('skipped' in debian) test.skip(`skipped: ${debian.skipped}`, () => undefined);
  else for (const one of debian.releases) describe(`Debian ${one.release}`, () => define(one));
}
