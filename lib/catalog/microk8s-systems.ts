/**
 * Whether the stock image of an operating system has snapd, without which there is no MicroK8s. A name that is not here is a system of the program's
 * own, which says it itself.
 */
export const HAS_SNAPD: Readonly<Record<string, { readonly value: boolean; readonly source: string }>> = {
  'ubuntu-24.04': { value: true, source: 'Ubuntu Server documentation: snapd is part of the image' },
  'ubuntu-24.04-installer': { value: true, source: 'Ubuntu Server documentation: snapd is part of the image' },
  'ubuntu-24.04-raspberry-pi': { value: true, source: 'Ubuntu Server documentation: snapd is part of the image' },
  'raspios-trixie': { value: false, source: 'snapcraft.io, Installing snap on Raspberry Pi OS: a package to install' },
  'raspios-bookworm': {
    value: false,
    source: 'snapcraft.io, Installing snap on Raspberry Pi OS: a package to install',
  },
  'debian-13': { value: false, source: 'snapcraft.io, Installing snap on Debian: a package to install' },
  'sle-micro-6': {
    value: false,
    source: 'SUSE Linux Micro 6 documentation: no snapd, and a root file system that is read-only',
  },
  'jetson-l4t': { value: true, source: 'Ubuntu 22.04, on which its root file system rests' },
};
