import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ContainerRuntime, DeviceClass, type DeviceClassProps, Fleet, Hardware, Size } from 'edgecdk';
import { model } from '../../constructs/internal';
import { nodeFleet, withLock } from '../support/node-fleet';

const hardware = Hardware.raspberryPi4B({ memory: Size.gibibytes(4) });

test.each<ContainerRuntime | undefined>([undefined, 'containerd', 'cri-o', 'docker'])(
  'a device class has the runtime that it says: %s',
  (runtime) => {
    const fleet = new Fleet('shops', { root: __dirname });
    const till = new DeviceClass(fleet, 'till', { hardware, runtime });
    expect(till[model]).toMatchObject({ as: 'device-class', record: { runtime } });
  },
);

test('any other is no program', () => {
  // @ts-expect-error: no kubelet dials it
  const props: DeviceClassProps<'linux/arm64'> = { hardware, runtime: 'podman' };
  expect(props.runtime).toBe('podman');
});

const RUNTIME = 'nodes/shop.agent.till/files/etc/rancher/k3s/config.yaml.d/25-runtime.yaml';

test('only machines of the class have its runtime, and none takes another while it runs', () => {
  withLock((root) => {
    const outDir = join(root, 'dist');
    nodeFleet(root, { till: { runtime: 'docker' } }).synth({ outDir });
    expect(readFileSync(join(outDir, RUNTIME), 'utf8')).toMatch(/^docker: true$/m);
    expect(existsSync(join(outDir, RUNTIME.replace('agent.till', 'server.box')))).toBe(false);
    const back = () => nodeFleet(root).synth({ outDir });
    expect(back).toThrow(
      /changes \/etc\/rancher\/k3s\/config\.yaml\.d\/25-runtime\.yaml, which holds what cannot be changed/,
    );
  });
});

test('what K3s cannot have with a runtime is said of the sites and the device class', () => {
  withLock((root) => {
    expect(() => nodeFleet(root, { till: { runtime: 'cri-o' } }).synth({ outDir: join(root, 'dist') })).toThrow(
      /the network plug-ins of K3s v1\.33\.5\+k3s1 crash under CRI-O \(device class 'till'\)/,
    );
  });
});
