/** A chart that a team already has: it knows nothing of EdgeCDK. */
import { Chart, type ChartProps } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

export interface PriceListProps extends ChartProps {
  readonly store: string;
  readonly lanes: number;
  readonly refresh?: 'hourly' | 'nightly';
}

export class PriceList extends Chart {
  constructor(scope: Construct, id: string, props: PriceListProps) {
    super(scope, id, props);
    new ConfigMap(this, 'prices', {
      data: { store: props.store, lanes: `${props.lanes}`, refresh: props.refresh ?? 'hourly' },
    });
  }
}
