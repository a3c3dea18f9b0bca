import { assembleScript } from '../../../render/node/script/assemble-script';
import { INITIALISE } from '../../../render/node/script/options';
import type { ScriptParts } from '../../../render/node/script/script-parts';
import { shellText } from '../../../render/node/script/shell-text';
import { K3S_HOOKS } from './hooks';
import { K3S_SETTINGS } from './settings';
import { JOIN_OR_INITIALISE } from './steps/first-server';
import { INSTALL_K3S } from './steps/install';
import { NOTE_RESTORE, RESTORE, RESTORE_OPTION } from './steps/restore';
import { AFTER_HEALTH, START_K3S } from './steps/start-k3s';

export const K3S_SCRIPT: ScriptParts = {
  title: 'K3s',
  artifacts: 'binary and images of K3s',
  unit: { server: 'k3s', agent: 'k3s-agent' },
  settings: K3S_SETTINGS,
  releaseSetting: 'K3S_VERSION',
  identityNames: [],
  ownPaths: ['/usr/local/bin/k3s', '*/01-init.yaml', '*/60-join.yaml'],
  answersAt: '/ping',
  helpers: shellText`
k3s=$root/usr/local/bin/k3s
k3s_data=$root/var/lib/rancher/k3s
drop_ins=$root/etc/rancher/k3s/config.yaml.d
`,
  hooks: K3S_HOOKS,
  steps: {
    look: [NOTE_RESTORE],
    install: [INSTALL_K3S],
    start: [RESTORE, JOIN_OR_INITIALISE, START_K3S],
    settle: [AFTER_HEALTH],
  },
  options: [RESTORE_OPTION, INITIALISE],
  records: [
    ['binary', 'version and checksum of the K3s that was healthy last, to be fetched again where it is damaged'],
    ['restore', 'the copy that is being restored'],
    ['turn', 'this server asked for the turn to restart K3s, and gives it back'],
  ],
};

/** The text of `apply.sh`, the same for every tree of K3s. */
export function k3sApplyScript(): string {
  return assembleScript(K3S_SCRIPT);
}
