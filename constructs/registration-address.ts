import type { RegistrationModel } from '../lib/model/nodes-model';
import { model } from './internal';

export interface VirtualIpOptions {
  /** Network interface of the servers that bears it. @default - the one with the default route */
  readonly nic?: string;
}

/**
 * Where the nodes of a site find its servers. It outlives each of the servers, and is in their certificates.
 *
 * @example
 * const registrationAddress = RegistrationAddress.virtualIp('10.1.2.9');
 */
export class RegistrationAddress {
  /** A DNS name, or the address of a load balancer of yours. May hold site values. */
  static host(host: string): RegistrationAddress {
    return new RegistrationAddress({ kind: 'host', host });
  }

  /** An address of the site's network that the servers hand on among each other: kube-vip, as a workload of ours. May hold site values. @see https://kube-vip.io */
  static virtualIp(address: string, options: VirtualIpOptions = {}): RegistrationAddress {
    return new RegistrationAddress({ kind: 'virtual-ip', address, nic: options.nic });
  }

  readonly [model]: RegistrationModel;

  private constructor(registration: RegistrationModel) {
    this[model] = registration;
  }
}
