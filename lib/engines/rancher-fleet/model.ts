import type { DeliveryModel } from '../../model/delivery';

/** What a program says of a delivery by Rancher Fleet. */
export interface RancherFleetModel extends DeliveryModel {
  readonly git: GitModel;
  /** Namespace of the hub in which all its objects are. It holds one fleet: names there are those of workloads. */
  readonly namespace: string;
  /** How many sites of a wave may be changing or unavailable at a time, where the wave does not say: a number, or `10%`. */
  readonly maxUnavailable: number | string;
  /** Share of sites that no agent answers from at any time, 0 to 1. @default - as many as have a link that is down at times, as a guess */
  readonly offlineShare?: number;
  /** After how many seconds without becoming healthy an update is taken back at its site. @default - never: it stays, and holds up its wave */
  readonly rollBackAfterSeconds?: number;
}

/** The repository that the hub reads. */
export interface GitModel {
  readonly url: string;
  readonly branch: string;
  /** Folder of the assembly in the repository. @default - its top */
  readonly path?: string;
  /** Name of the Secret in the namespace with what the hub logs in with. @default - it needs none */
  readonly secret?: string;
}

/** Part of a rollout: sites that change together, before all later ones. */
export interface WaveSize {
  readonly name: string;
  readonly sites: number;
  /** Of these, how many are thought to be offline. */
  readonly offline: number;
  readonly maxUnavailable: number | string;
}
