import { type Step, shellText } from '../../../../render/node/script/shell-text';

/** Of one machine, one of them at most: they share the kubelet's folder and the network of the pods. */
export const LOOK_AROUND: Step = {
  name: 'look_around',
  title: 'no other Kubernetes on this machine',
  text: shellText`
look_around() {
  for other in /usr/local/bin/k3s /var/lib/rancher/k3s/agent /var/snap/microk8s /etc/systemd/system/kubelet.service; do
    [ ! -e "$root$other" ] || refuse "this machine has another Kubernetes ($other), which shares folders with edgecore: remove it"
  done
}
`,
};
