/** A chart that a team already has: it knows nothing of EdgeCDK. */
import { Chart, type ChartProps, Size } from 'cdk8s';
import { ConfigMap, Cpu, Deployment } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

export interface PriceListProps extends ChartProps {
  readonly store: string;
  readonly lanes: number;
  readonly refresh?: 'hourly' | 'nightly';
}

export class PriceList extends Chart {
  constructor(scope: Construct, id: string, props: PriceListProps) {
    super(scope, id, { disableResourceNameHashes: true, ...props });
    new ConfigMap(this, 'prices', {
      data: { store: props.store, lanes: `${props.lanes}`, refresh: props.refresh ?? 'hourly' },
    });
    const server = new Deployment(this, 'server', { replicas: 1 });
    const container = server.addContainer({
      image: 'ghcr.io/grocer/prices:4.2.0',
      portNumber: 8082,
      securityContext: { user: 1000, group: 1000 },
      resources: {
        cpu: { request: Cpu.millis(50), limit: Cpu.millis(500) },
        memory: { request: Size.mebibytes(96), limit: Size.mebibytes(96) },
      },
    });
    container.env.addVariable('LANES', { value: `${props.lanes}` });
  }
}
