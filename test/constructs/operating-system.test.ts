import { DeviceClass, Fleet, Hardware, OperatingSystem, Size } from 'edgecdk';
import { collect } from '../../constructs/collect';
import { model } from '../../constructs/internal';

test.each([
  [OperatingSystem.ubuntu2404(), 'ubuntu-24.04'],
  [OperatingSystem.ubuntu2404({ image: 'cloud' }), 'ubuntu-24.04'],
  [OperatingSystem.ubuntu2404({ image: 'installer' }), 'ubuntu-24.04-installer'],
  [OperatingSystem.ubuntu2404({ image: 'raspberry-pi' }), 'ubuntu-24.04-raspberry-pi'],
  [OperatingSystem.raspios({ release: 'trixie' }), 'raspios-trixie'],
  [OperatingSystem.raspios({ release: 'bookworm' }), 'raspios-bookworm'],
  [OperatingSystem.debian13(), 'debian-13'],
  [OperatingSystem.sleMicro6(), 'sle-micro-6'],
  [OperatingSystem.jetsonL4t(), 'jetson-l4t'],
])('the catalogue has %#: %s', (system, name) => {
  expect(system.name).toBe(name);
});

test('a custom system is a plain Debian but for what is said', () => {
  expect(OperatingSystem.custom({ name: 'acme', cloudInit: false, firewall: undefined })[model]).toEqual({
    name: 'acme',
    cmdlinePaths: [],
    kernelArguments: [],
    cloudInit: false,
    seedMedium: 'none',
    networkRenderer: 'netplan',
    selinux: false,
    firewall: 'none',
    missingPackages: [],
    snapd: false,
    timeSync: 'systemd-timesyncd',
    sources: {},
  });
});

test.each([
  [{}, 'cidata'],
  [{ seedMedium: 'boot-partition' as const }, 'boot-partition'],
  [{ cloudInit: false }, 'none'],
  [{ cloudInit: false, seedMedium: 'cidata' as const }, 'none'],
])('a custom system with %j looks for its seed at %s', (facts, medium) => {
  expect(OperatingSystem.custom({ name: 'acme', ...facts })[model].seedMedium).toBe(medium);
});

test('a device class carries its system and its storage into the model', () => {
  const fleet = new Fleet('f');
  const hardware = Hardware.raspberryPi4B({ memory: Size.gibibytes(4) });
  new DeviceClass(fleet, 'till', { hardware, operatingSystem: OperatingSystem.debian13(), storage: 'usb-ssd' });
  new DeviceClass(fleet, 'bare', { hardware });
  const [till, bare] = collect(fleet, fleet[model]).deviceClasses;
  expect([till?.operatingSystem?.name, till?.storage]).toEqual(['debian-13', 'usb-ssd']);
  expect([bare?.operatingSystem, bare?.storage]).toEqual([undefined, undefined]);
});
