import { type Step, shellText } from '../../../../render/node/script/shell-text';

export const OPEN_PORTS: Step = {
  name: 'open_ports',
  title: 'open the ports of MicroK8s, where ufw is in use',
  text: shellText`
open_ports() {
  [ -f "$root/etc/ufw/applications.d/edgecdk-microk8s" ] && has ufw || return 0
  ufw status 2> /dev/null | grep -q '^Status: active' || return 0
  ufw app update edgecdk-microk8s > /dev/null || :
  ufw allow edgecdk-microk8s > /dev/null || say 'the firewall could not be opened for MicroK8s'
  for network in $POD_NETWORKS; do
    ufw allow from "$network" > /dev/null || :
    ufw route allow from "$network" > /dev/null || :
  done
}
`,
};
