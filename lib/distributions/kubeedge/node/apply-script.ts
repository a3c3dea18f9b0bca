import { assembleScript } from '../../../render/node/script/assemble-script';
import type { ScriptParts } from '../../../render/node/script/script-parts';
import { shellText } from '../../../render/node/script/shell-text';
import { KUBEEDGE_HOOKS } from './hooks';
import { KUBEEDGE_IDENTITY_NAMES } from './identity';
import { ENDED_RECORD } from './key-pair';
import { KUBEEDGE_SETTINGS } from './settings';
import { LOOK_AT_CERTIFICATE } from './steps/certificate';
import { INSTALL_KUBEEDGE } from './steps/install';
import { LOOK_AROUND } from './steps/look';
import { START_RUNTIME } from './steps/runtime';
import { START_EDGECORE } from './steps/service';

export const KUBEEDGE_SCRIPT: ScriptParts = {
  title: 'KubeEdge',
  artifacts: 'archives of KubeEdge',
  unit: 'edgecore',
  settings: KUBEEDGE_SETTINGS,
  releaseSetting: 'KUBEEDGE_VERSION',
  identityNames: KUBEEDGE_IDENTITY_NAMES,
  ownPaths: ['/etc/kubeedge/*', '/usr/local/bin/edgecore', '/usr/local/bin/keadm'],
  helpers: shellText`
edgecore=$root/usr/local/bin/edgecore
keadm=$root/usr/local/bin/keadm
`,
  hooks: KUBEEDGE_HOOKS,
  steps: {
    look: [LOOK_AROUND],
    install: [INSTALL_KUBEEDGE],
    start: [START_RUNTIME, START_EDGECORE],
    settle: [LOOK_AT_CERTIFICATE],
  },
  options: [],
  records: [
    ['runtime', 'digest of the files that the container runtime was started with'],
    ['kubeedge-composed', 'what the configuration of edgecore was made of'],
    ['kubeedge-certificate', 'digest of the certificate that was put into its place'],
    [ENDED_RECORD, 'that the certificate was over at the last start, and what to do'],
  ],
};

/** The text of `apply.sh`, the same for every tree of KubeEdge. */
export function kubeEdgeApplyScript(): string {
  return assembleScript(KUBEEDGE_SCRIPT);
}
