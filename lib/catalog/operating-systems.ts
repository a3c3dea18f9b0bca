import type { OperatingSystemModel } from '../model/node-model';

const BOOKWORM_BOOT = 'Raspberry Pi documentation, Configuration, Kernel command line (cmdline.txt)';
const RASPIOS_CGROUPS = 'K3s documentation, Requirements, Raspberry Pi';
const RASPIOS_CLOUD_INIT = 'Raspberry Pi news, cloud-init on Raspberry Pi OS, 2025-11';
const RASPIOS_TIME = 'Debian wiki, systemd-timesyncd: installed by default since Debian 12';
const UBUNTU_SERVER = 'Ubuntu Server documentation';
const SUSE = 'SUSE Linux Micro 6 documentation';
const L4T = 'NVIDIA Jetson Linux Developer Guide';

/** `cgroup_memory` is for kernels before 6.6, the other for all. */
const CGROUP_ARGUMENTS = ['cgroup_memory=1', 'cgroup_enable=memory'] as const;

const UBUNTU_2404 = {
  // A PC has no such file and needs no arguments; on a Raspberry Pi the boot assets moved into `current` with 25.10.
  cmdlinePaths: ['/boot/firmware/cmdline.txt', '/boot/firmware/current/cmdline.txt'],
  kernelArguments: [],
  cloudInit: true,
  networkRenderer: 'netplan',
  selinux: false,
  firewall: 'ufw',
  missingPackages: [],
  snapd: true,
  timeSync: 'systemd-timesyncd',
  sources: {
    cmdlinePaths: 'Ubuntu for Raspberry Pi, README of the boot partition',
    kernelArguments: 'k3s-io/k3s issue 8890: /proc/cgroups of Ubuntu on a Raspberry Pi with the stock cmdline.txt',
    cloudInit: `${UBUNTU_SERVER}, cloud-init`,
    networkRenderer: `${UBUNTU_SERVER}, Configuring networks`,
    selinux: `${UBUNTU_SERVER}, AppArmor`,
    firewall: `${UBUNTU_SERVER}, Firewall: ufw is installed and inactive`,
    missingPackages: 'K3s documentation, Requirements: linux-modules-extra-raspi is for 21.10 to 23.10 alone',
    snapd: `${UBUNTU_SERVER}: snapd is part of the image`,
    timeSync: `${UBUNTU_SERVER}, Time synchronisation`,
  },
} as const;

/**
 * What the files of a node depend on, of the stock images of these systems. Keys are names. An image that was built otherwise is a system of its own
 * (`OperatingSystem.custom`).
 */
export const OPERATING_SYSTEMS = {
  // What all images of it have in common stands above; where they look for a seed is their own.
  'ubuntu-24.04': {
    ...UBUNTU_2404,
    name: 'ubuntu-24.04',
    seedMedium: 'cidata',
    sources: {
      ...UBUNTU_2404.sources,
      seedMedium: 'cloud-init documentation, NoCloud: cloud images keep its label, cidata',
    },
  },
  'ubuntu-24.04-installer': {
    ...UBUNTU_2404,
    name: 'ubuntu-24.04-installer',
    seedMedium: 'none',
    sources: {
      ...UBUNTU_2404.sources,
      seedMedium: 'canonical/subiquity: the installed system gets datasource_list: [None] in 99-installer.cfg',
    },
  },
  'ubuntu-24.04-raspberry-pi': {
    ...UBUNTU_2404,
    name: 'ubuntu-24.04-raspberry-pi',
    seedMedium: 'boot-partition',
    sources: {
      ...UBUNTU_2404.sources,
      seedMedium:
        'livecd-rootfs, images for the Raspberry Pi: 99-fake_cloud.cfg has fs_label: system-boot in the place of cidata',
    },
  },
  'raspios-trixie': {
    name: 'raspios-trixie',
    cmdlinePaths: ['/boot/firmware/cmdline.txt'],
    kernelArguments: CGROUP_ARGUMENTS,
    cloudInit: true,
    seedMedium: 'boot-partition',
    networkRenderer: 'netplan',
    selinux: false,
    firewall: 'none',
    missingPackages: [],
    snapd: false,
    timeSync: 'systemd-timesyncd',
    sources: {
      cmdlinePaths: BOOKWORM_BOOT,
      kernelArguments: RASPIOS_CGROUPS,
      cloudInit: RASPIOS_CLOUD_INIT,
      seedMedium:
        'RPi-Distro/pi-gen, rpi-cloud-init-mods: 99_raspberry-pi.cfg has seedfrom: file:///boot/firmware, which goes before a medium',
      networkRenderer: `${RASPIOS_CLOUD_INIT}: network-config goes through Netplan to NetworkManager`,
      selinux: 'Debian wiki, SELinux: not enabled by default',
      firewall: 'Raspberry Pi documentation, Configuration, Secure your Raspberry Pi: ufw is installed by hand',
      missingPackages: RASPIOS_CGROUPS,
      snapd: 'snapcraft.io, Installing snap on Raspberry Pi OS: a package to install',
      timeSync: RASPIOS_TIME,
    },
  },
  'raspios-bookworm': {
    name: 'raspios-bookworm',
    // Systems that were brought up from Debian 11 keep the older path.
    cmdlinePaths: ['/boot/firmware/cmdline.txt', '/boot/cmdline.txt'],
    kernelArguments: CGROUP_ARGUMENTS,
    cloudInit: false,
    seedMedium: 'none',
    networkRenderer: 'network-manager',
    selinux: false,
    firewall: 'none',
    missingPackages: [],
    snapd: false,
    timeSync: 'systemd-timesyncd',
    sources: {
      cmdlinePaths: BOOKWORM_BOOT,
      kernelArguments: RASPIOS_CGROUPS,
      cloudInit: `${RASPIOS_CLOUD_INIT}: the first image with it is that of 2 October 2025, Trixie`,
      seedMedium: `${RASPIOS_CLOUD_INIT}: images before have none`,
      networkRenderer: 'Raspberry Pi documentation, Configuration, Networking',
      selinux: 'Debian wiki, SELinux: not enabled by default',
      firewall: 'Raspberry Pi documentation, Configuration, Secure your Raspberry Pi: ufw is installed by hand',
      missingPackages: RASPIOS_CGROUPS,
      snapd: 'snapcraft.io, Installing snap on Raspberry Pi OS: a package to install',
      timeSync: RASPIOS_TIME,
    },
  },
  'debian-13': {
    name: 'debian-13',
    cmdlinePaths: [],
    kernelArguments: [],
    // The cloud images (`generic`), not what the installer leaves.
    cloudInit: true,
    seedMedium: 'cidata',
    networkRenderer: 'netplan',
    selinux: false,
    firewall: 'none',
    missingPackages: [],
    snapd: false,
    timeSync: 'systemd-timesyncd',
    sources: {
      cmdlinePaths: 'Debian 13 cloud images: kernel arguments are those of GRUB',
      kernelArguments: 'Debian kernel configuration, CONFIG_MEMCG',
      cloudInit: 'Debian cloud images, generic variant',
      seedMedium:
        'Debian cloud images, generic variant: NoCloud with the label that cloud-init looks for by itself, cidata',
      networkRenderer: 'Debian cloud images since 12: netplan.io with systemd-networkd',
      selinux: 'Debian wiki, SELinux: not enabled by default',
      firewall: 'Debian wiki, nftables: no rules by default',
      missingPackages: 'K3s documentation, Requirements, Operating Systems',
      snapd: 'snapcraft.io, Installing snap on Debian: a package to install',
      timeSync: RASPIOS_TIME,
    },
  },
  'sle-micro-6': {
    name: 'sle-micro-6',
    cmdlinePaths: [],
    kernelArguments: [],
    // Its raw images are set up by Ignition and Combustion.
    cloudInit: false,
    seedMedium: 'none',
    networkRenderer: 'network-manager',
    selinux: true,
    firewall: 'firewalld',
    missingPackages: ['k3s-selinux'],
    snapd: false,
    timeSync: 'chrony',
    sources: {
      cmdlinePaths: `${SUSE}: kernel arguments are those of GRUB, set in a transaction`,
      kernelArguments: 'K3s documentation, Requirements, Operating Systems',
      cloudInit: `${SUSE}, Deploying raw disk images: Ignition and Combustion`,
      seedMedium: `${SUSE}, Deploying raw disk images: Ignition and Combustion`,
      networkRenderer: `${SUSE}, NetworkManager`,
      selinux: `${SUSE}, SELinux: enforcing by default`,
      firewall: `${SUSE}, firewalld: not active in all images; rules are written as it reads them`,
      missingPackages: 'K3s documentation, Advanced Options, SELinux Support',
      snapd: `${SUSE}: no snapd, and a root file system that is read-only`,
      timeSync: `${SUSE}, Time synchronization with chrony`,
    },
  },
  'jetson-l4t': {
    name: 'jetson-l4t',
    // Its arguments stand on the APPEND lines of /boot/extlinux/extlinux.conf, which is no single line and also says what is booted.
    cmdlinePaths: [],
    kernelArguments: [],
    cloudInit: false,
    seedMedium: 'none',
    networkRenderer: 'network-manager',
    selinux: false,
    firewall: 'none',
    missingPackages: [],
    snapd: true,
    timeSync: 'systemd-timesyncd',
    sources: {
      cmdlinePaths: `${L4T}, Bootloader: extlinux.conf is read by L4TLauncher`,
      kernelArguments: `${L4T}, Kernel: CONFIG_MEMCG in the default configuration`,
      cloudInit: `${L4T}, Quick Start: first boot is set up by oem-config`,
      seedMedium: `${L4T}, Quick Start: first boot is set up by oem-config`,
      networkRenderer: `${L4T}, root file system: NetworkManager`,
      selinux: 'Ubuntu 22.04, on which its root file system rests',
      firewall: `${L4T}, root file system`,
      missingPackages: 'K3s documentation, Requirements, Operating Systems',
      snapd: 'Ubuntu 22.04, on which its root file system rests',
      timeSync: 'Ubuntu 22.04, on which its root file system rests',
    },
  },
} as const satisfies Readonly<Record<string, OperatingSystemModel>>;

export type OperatingSystemName = keyof typeof OPERATING_SYSTEMS;
