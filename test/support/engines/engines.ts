import { Delivery } from 'edgecdk';
import { ARGO_CD_HUB_SIMULATOR, ARGO_CD_SITE_SIMULATOR, argoCdOwnSharedFiles, argoCdSharedFiles } from './argo-cd';
import type { Files } from './assembly-files';
import { FLUX_SIMULATOR, fluxSharedFiles } from './flux';
import type { EngineSimulator } from './held';
import { LOCAL } from './local';
import { fleetSharedFiles, RANCHER_FLEET_SIMULATOR } from './rancher-fleet';
import { GIT, OCI } from './sources';

export interface EngineCase extends EngineSimulator {
  readonly delivery: Delivery;
  /** Folder in `lib/engines`. */
  readonly engine: 'rancher-fleet' | 'argo-cd' | 'flux';
  /** Files that a cluster which sites share is given, by path in the assembly. */
  readonly sharedFiles: (files: Files, cluster: string) => readonly string[];
}

export const LOCAL_CASE = { ...LOCAL, delivery: Delivery.local() };

/** Each engine in each form in which it gets at what sites pull. */
export const PULLING: readonly EngineCase[] = [
  {
    ...RANCHER_FLEET_SIMULATOR,
    engine: 'rancher-fleet',
    delivery: Delivery.rancherFleet({ git: GIT }),
    sharedFiles: fleetSharedFiles,
  },
  argoCd('hub', { git: GIT }),
  argoCd('hub', { oci: OCI }),
  argoCd('site', { git: GIT }),
  argoCd('site', { oci: OCI }),
  flux({ git: GIT }),
  flux({ oci: OCI }),
];

type Source = { readonly git: string } | { readonly oci: string };

/** One of each, as tests take that run often; the others differ in where an engine is sent to. */
export const SHAPES = PULLING.filter(({ title }) =>
  ['Rancher Fleet', 'Argo CD on a hub', 'Argo CD at each site, with artifacts', 'Flux, with artifacts'].includes(title),
);

function argoCd(at: 'hub' | 'site', source: Source): EngineCase {
  const simulator = at === 'hub' ? ARGO_CD_HUB_SIMULATOR : ARGO_CD_SITE_SIMULATOR;
  return {
    ...simulator,
    title: titleOf(simulator, source),
    engine: 'argo-cd',
    delivery: Delivery.argoCd({ ...source, at }),
    sharedFiles: at === 'hub' ? argoCdSharedFiles : argoCdOwnSharedFiles,
  };
}

function flux(source: Source): EngineCase {
  return {
    ...FLUX_SIMULATOR,
    title: titleOf(FLUX_SIMULATOR, source),
    engine: 'flux',
    delivery: Delivery.flux(source),
    sharedFiles: fluxSharedFiles,
  };
}

function titleOf({ title }: EngineSimulator, source: Source): string {
  return 'oci' in source ? `${title}, with artifacts` : title;
}
