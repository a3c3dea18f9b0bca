import { KUBEEDGE } from '../../../lib/distributions/kubeedge/kubeedge';
import { LOCAL, localDelivery } from '../../../lib/engines/local/local';
import type { DeliveryModel } from '../../../lib/model/delivery';
import type { BlueprintModel, FleetModel } from '../../../lib/model/fleet-model';
import { formatProblem } from '../../../lib/model/problem';
import { deliveryProblems } from '../../../lib/resolve/deliveries';

const courier = (depot: string) =>
  ({ engine: { ...LOCAL, name: 'courier', title: 'Courier', pulls: true }, depot }) as DeliveryModel;
const blueprint = (path: string, delivery?: DeliveryModel) =>
  ({ path, ...(delivery && { delivery }) }) as BlueprintModel;

function problemsOf(fleet: Partial<FleetModel>, shared?: string): string[] {
  const model = {
    id: 'grocer',
    delivery: localDelivery,
    blueprints: [],
    sharedClusters: [],
    ...fleet,
  } as unknown as FleetModel;
  return deliveryProblems(model, () => ({ distribution: KUBEEDGE, ...(shared !== undefined && { shared }) })).map(
    formatProblem,
  );
}

test('one description of an engine may be said as often as one likes', () => {
  const blueprints = [blueprint('grocer/store', courier('north')), blueprint('grocer/stall')];
  expect(problemsOf({ delivery: courier('north'), blueprints })).toEqual([]);
});

test('two descriptions of one engine are refused where the second is', () => {
  expect(problemsOf({ delivery: courier('north'), blueprints: [blueprint('grocer/store', courier('south'))] })).toEqual(
    [
      '[grocer/store] describes Courier otherwise than [grocer]; one fleet has one description of each engine: make it once and use it twice, or make two fleets',
    ],
  );
});

test('nodes of a cluster elsewhere run no engine', () => {
  const blueprints = [blueprint('grocer/van', courier('north'))];
  expect(problemsOf({ blueprints }, 'grocer/cloud')).toEqual([
    '[grocer/van] has Courier as its delivery, and its nodes join the cluster [grocer/cloud]: KubeEdge nodes run no engine; leave it out, and say `delivery` of that cluster',
  ]);
  expect(problemsOf({ blueprints })).toEqual([]);
});
