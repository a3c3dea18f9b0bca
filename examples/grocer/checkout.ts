/** A team's own construct: the types flow through the placement, so any scope will do. */
import { Construct } from 'constructs';
import { ContainerWorkload, Cpu, Placement, type SiteContext, type Sites, Size } from 'edgecdk';

interface StoreValues {
  readonly storeId: string;
}

export interface CheckoutProps {
  /** Sites that have a `storeId`. */
  readonly sites: Sites<StoreValues>;
}

/** Scanning and paying, always together. */
export class Checkout extends Construct {
  constructor(scope: Construct, id: string, props: CheckoutProps) {
    super(scope, id);
    for (const part of ['scan', 'pay']) {
      new ContainerWorkload(this, `${id}-${part}`, {
        owner: 'checkout',
        image: `ghcr.io/grocer/${part}:1.0.0`,
        platforms: ['linux/arm64', 'linux/amd64'],
        resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
        env: ({ site }: SiteContext<StoreValues>) => ({ STORE_ID: site.values.storeId }),
        placement: Placement.on(props.sites),
      });
    }
  }
}
