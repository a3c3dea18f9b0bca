import { assembleScript } from '../../../render/node/script/assemble-script';
import { INITIALISE } from '../../../render/node/script/options';
import type { ScriptParts } from '../../../render/node/script/script-parts';
import { MICROK8S_HELPERS } from './helpers';
import { MICROK8S_HOOKS } from './hooks';
import { MICROK8S_SETTINGS } from './settings';
import { FETCH_SNAPS, INSTALL_SNAP } from './steps/install-snap';
import { JOIN_CLUSTER } from './steps/join-cluster';
import { LAUNCH_SETTINGS } from './steps/launch-settings';
import { COME_BACK, MOVE_CHANNEL } from './steps/move-channel';
import { NAME_MACHINE } from './steps/name-machine';
import { OPEN_PORTS } from './steps/open-ports';
import { SETTLE_CLUSTER } from './steps/settle-cluster';
import { START_MICROK8S } from './steps/start-microk8s';
import { WAIT_FOR_CLUSTER } from './steps/wait-for-cluster';
import { MICROK8S_UNIT } from './units';

export const MICROK8S_SCRIPT: ScriptParts = {
  title: 'MicroK8s',
  artifacts: 'snaps and images',
  unit: MICROK8S_UNIT,
  settings: MICROK8S_SETTINGS,
  releaseSetting: 'CHANNEL',
  identityNames: [],
  ownPaths: ['/etc/microk8s.yaml', '/etc/hosts', '/snap/*', '/var/snap/*'],
  // Its agent answers there with a success, which wget asks for.
  answersAt: '/health',
  helpers: MICROK8S_HELPERS,
  hooks: MICROK8S_HOOKS,
  steps: {
    look: [],
    // To install it is to start it, and with kernel arguments missing, it would start without them: so this only fetches.
    install: [NAME_MACHINE, OPEN_PORTS, FETCH_SNAPS],
    start: [
      WAIT_FOR_CLUSTER,
      INSTALL_SNAP,
      JOIN_CLUSTER,
      MOVE_CHANNEL,
      // Behind the move: an argument that the later release no longer has goes, even if nothing else starts with it.
      LAUNCH_SETTINGS,
      START_MICROK8S,
    ],
    settle: [COME_BACK, SETTLE_CLUSTER],
  },
  options: [INITIALISE],
  records: [
    ['pending/settle', 'what waits for other machines'],
    ['began, heard', "whether this machine's cluster is that of the site, or there is one to join"],
    ['joined', 'this server is a member of the cluster, whoever else is left'],
    ['installing', 'the settings with which the snap is being installed'],
    ['channel', 'the channel of the snap, with its revision where it came as a file'],
    ['launched', 'digest of the settings that MicroK8s has; launch.undo takes them back'],
    ['names', 'digest of what its certificate was made with'],
    ['moving', 'the machine is on its way to another channel; whether it was cordoned before'],
    ['move-failed', 'when snapd could not move it; after an hour it is tried again'],
    ['labels, addons', 'what was given to the cluster'],
  ],
};

/** The text of `apply.sh`, the same for every tree of MicroK8s. */
export function microk8sApplyScript(): string {
  return assembleScript(MICROK8S_SCRIPT);
}
