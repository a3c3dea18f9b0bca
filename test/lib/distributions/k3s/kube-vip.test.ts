import { KUBE_VIP_IMAGE } from '../../../../lib/catalog/k3s-images';
import { type KubeVipInput, kubeVip } from '../../../../lib/distributions/k3s/kube-vip';
import { throughGeneratedClasses } from '../../render/kubernetes-fields';

const input: KubeVipInput = { address: '10.0.0.5', image: KUBE_VIP_IMAGE.value };

function environment(more: Partial<KubeVipInput> = {}): Readonly<Record<string, unknown>> {
  const daemonSet = kubeVip({ ...input, ...more }).at(-1) as unknown as {
    readonly spec: {
      readonly template: {
        readonly spec: {
          readonly containers: readonly [
            {
              readonly env: readonly {
                readonly name: string;
                readonly value?: unknown;
                readonly valueFrom?: unknown;
              }[];
            },
          ];
        };
      };
    };
  };
  const { env } = daemonSet.spec.template.spec.containers[0];
  return Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
}

test('all fields are fields of Kubernetes', () => {
  for (const object of kubeVip({ ...input, interface: 'eth0' }))
    expect(throughGeneratedClasses(object)).toEqual(object);
});

test('servers hold the address in turn, for the API alone', () => {
  expect(environment()).toMatchObject({
    address: '10.0.0.5',
    port: '6443',
    cp_enable: 'true',
    vip_arp: 'true',
    vip_leaderelection: 'true',
    vip_nodename: { fieldRef: { fieldPath: 'spec.nodeName' } },
  });
  expect(environment()).not.toHaveProperty('svc_enable');
  expect(JSON.stringify(kubeVip(input))).toContain('"nodeSelector":{"node-role.kubernetes.io/control-plane":"true"}');
});

test('the interface is named only where the program names one', () => {
  expect(environment()).not.toHaveProperty('vip_interface');
  expect(environment({ interface: 'eth0' })).toMatchObject({ vip_interface: 'eth0' });
});

test('a lease is held for longer than it takes to renew it, and nothing else may be read or written', () => {
  const { vip_leaseduration, vip_renewdeadline, vip_retryperiod, vip_leasename } = environment();
  expect(Number(vip_leaseduration)).toBeGreaterThan(Number(vip_renewdeadline));
  expect(Number(vip_renewdeadline)).toBeGreaterThan(1.2 * Number(vip_retryperiod));
  const role = kubeVip(input).find(({ kind }) => kind === 'Role') as unknown as {
    readonly rules: readonly { readonly resources: readonly string[]; readonly resourceNames?: readonly string[] }[];
  };
  expect(role.rules.map(({ resources }) => resources)).toEqual([['leases'], ['leases']]);
  expect(role.rules[1]?.resourceNames).toEqual([vip_leasename]);
});

test('its figures are for the node alone', () => {
  expect(environment().prometheus_server).toMatch(/^127\.0\.0\.1:/);
});
