import type { Delivery } from '../../../constructs/delivery';
import { model } from '../../../constructs/internal';
import type {
  DeliveryContent,
  DeliveryEngine,
  DeliveryFiles,
  DeliveryModel,
  RecordFile,
} from '../../../lib/model/delivery';
import { guessed } from '../../../lib/model/figure';
import type { LayerVariant } from '../../../lib/model/layer';
import type { TokenTable } from '../../../lib/model/token';
import { holeToken, variableName } from '../../../lib/model/variable';
import { printTemplate } from '../../../lib/render/yaml-template';

/** An engine that is in no catalogue: it fills `@{name}` in shared files from the list that each site has. */
interface CourierModel extends DeliveryModel {
  readonly depot: string;
}

const own = (delivery: DeliveryModel) => delivery as CourierModel;

export const COURIER: DeliveryEngine = {
  name: 'courier',
  title: 'Courier',
  pulls: true,
  manifests: 'Courier: take delivery/courier to the depot.',
  problems: (delivery) => (own(delivery).depot === '' ? ['has a Courier without a depot; name it'] : []),
  overhead: () => ({ memoryMiB: guessed(7, 'made up'), cpuMillicores: guessed(3, 'made up') }),
  render: courierFiles,
};

export function courier(depot: string): Delivery {
  const record: CourierModel = { engine: COURIER, depot };
  return { [model]: record } as Delivery;
}

function courierFiles(content: DeliveryContent): DeliveryFiles {
  const { layers, cohorts, delivery, tokens } = content;
  return {
    files: new Map([['depot.txt', `${own(delivery).depot}\n`]]),
    layers: new Map(
      layers.flatMap(({ name, variants }) =>
        variants.map((v) => [`${name}/${v.name}/all.yaml`, sharedText(v, tokens)]),
      ),
    ),
    records: new Map(cohorts.map((cohort) => [cohort.cohort.id, [recordOf(cohort, content)]])),
    bootstrap: new Map(
      cohorts.map(({ cohort }) => [cohort.id, [{ name: 'courier', retire: 'keep', objects: [doorbell(tokens)] }]]),
    ),
    problems: [],
  };
}

function sharedText({ objects }: LayerVariant, tokens: TokenTable): string {
  const { texts, holes } = printTemplate('', objects, tokens, () => false);
  return holes.reduce((text, use, i) => `${text}@{${variableName(use)}}${texts[i + 1] ?? ''}`, texts[0] ?? '');
}

function recordOf(
  { layers, variables, namespaces }: DeliveryContent['cohorts'][number],
  { tokens, waves }: DeliveryContent,
): RecordFile {
  const values = variables.map((variable) => [variable.name, holeToken(variable.use, tokens)] as const);
  return {
    name: 'parcel',
    objects: [
      {
        apiVersion: 'courier.example/v1',
        kind: 'Parcel',
        metadata: { name: tokens.text('site.name') },
        ...(waves.length > 0 && { wave: tokens.text('site.wave') }),
        layers: Object.fromEntries(layers),
        namespaces: [...namespaces],
        values: Object.fromEntries(values),
      },
    ],
  };
}

function doorbell(tokens: TokenTable) {
  const name = tokens.text('site.name');
  const shard = tokens.text('site.shard');
  return {
    apiVersion: 'courier.example/v1',
    kind: 'Doorbell',
    metadata: { name: 'courier' },
    parcel: `${shard}/${name}`,
  };
}
