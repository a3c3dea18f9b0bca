import { K3S } from '../../lib/distributions/k3s/k3s';
import { KUBEEDGE } from '../../lib/distributions/kubeedge/kubeedge';
import { MICROK8S } from '../../lib/distributions/microk8s/microk8s';
import type { Distribution } from '../../lib/model/distribution';
import type { DistributionName } from '../../lib/model/site-context';

/** Those that programs have, by the name that they are written with. */
export const DISTRIBUTIONS: Readonly<Record<DistributionName, Distribution>> = {
  k3s: K3S,
  microk8s: MICROK8S,
  kubeedge: KUBEEDGE,
};
