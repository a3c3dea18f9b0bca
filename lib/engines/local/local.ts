import type { DeliveryEngine, DeliveryModel } from '../../model/delivery';

/** No engine of its own: a site has its files, which K3s' auto-deploy folder, `kubectl apply` or somebody with a stick brings into its cluster. */
export const LOCAL: DeliveryEngine = {
  name: 'local',
  title: 'local delivery',
  pulls: false,
  problems: () => [],
};

export const localDelivery: DeliveryModel = { engine: LOCAL };
