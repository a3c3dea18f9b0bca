import { COMPARE } from '../../../render/node/script/compare';
import { INSTALL_K3S } from '../../../render/node/script/install';
import { CHECK_HEALTH, FINISH, ROLL_BACK } from '../../../render/node/script/service';
import { shellText } from '../../../render/node/script/shell-text';
import { named, namedStep } from './shared-names';
import { functionOf, swapped, withFunctions } from './shell-functions';

/** In place of the three functions on version and datastore, which are K3s's alone. */
const COMPARE_FUNCTIONS = {
  compare_version: shellText`
compare_version() {
  found=$(installed_version)
  [ -n "$found" ] || return 0
  [ -f "$state/channel" ] || [ -f "$state/installing" ] ||
    refuse "MicroK8s $found is on this machine already, with settings of its own: snap remove --purge microk8s"
  distance=$(($(minor_of "$CHANNEL") - $(minor_of "$found")))
  if [ "$distance" -gt 1 ] || [ "$distance" -lt -1 ]; then
    refuse "MicroK8s $found is installed and this tree is for $CHANNEL: no minor may be skipped, in either direction"
  fi
  [ "$distance" -ge 0 ] || say "MicroK8s $found stays, where the tree says $CHANNEL: it never goes back"
}`,
  split_version: '',
  has_begun: `has_begun() { [ -s "$state/applied" ] || has_snap; }`,
  compare_datastore: shellText`
compare_datastore() {
  [ ! -s "$state/applied" ] || [ "$initialise" = yes ] || has_snap ||
    refuse 'MicroK8s is gone from this machine, which was a node with it: give it its next generation (edgecdk replace)'
}`,
};

export const MICROK8S_COMPARE = namedStep(
  COMPARE,
  withFunctions(
    swapped(COMPARE.text, '# K3s goes on with the database that it finds, whatever its configuration says.\n', ''),
    COMPARE_FUNCTIONS,
  ),
);

/** From a folder of artifacts or from the network, by checksum: as K3s's. */
export const MICROK8S_FETCH = named(
  ['fetch', 'find_artifact', 'download'].map((name) => functionOf(INSTALL_K3S.text, name)).join('\n\n'),
);

export const MICROK8S_CHECK_HEALTH = namedStep(
  CHECK_HEALTH,
  withFunctions(CHECK_HEALTH.text, {
    check_health: shellText`
check_health() {
  looks=0
  healthy=no
  [ "$launch_ok" = yes ] || return 0
  ! within "$HEALTH_WAIT" is_steady || healthy=yes
}`,
    is_healthy: shellText`
is_healthy() {
  systemctl is-active --quiet "$unit" || return 1
  if [ "$ROLE" = server ]; then
    kubectl_as client.config get --raw /readyz --request-timeout=10s > /dev/null 2>&1 || return 1
  fi
  if has curl; then
    curl -fs -m 5 --noproxy '*' -o /dev/null http://127.0.0.1:10248/healthz
  elif has wget; then
    http_proxy='' wget -q -T 5 -O /dev/null http://127.0.0.1:10248/healthz 2> /dev/null
  fi
}`,
  }),
);

export const MICROK8S_ROLL_BACK = named(ROLL_BACK);

export const MICROK8S_FINISH = namedStep(
  FINISH,
  swapped(FINISH.text, '[ "$ROLE" = agent ] || [ "$DATASTORE" = external ] || settle\n  ', ''),
);
