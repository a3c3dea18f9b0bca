import type { InstallModel } from '../lib/model/nodes-model';
import { model } from './internal';

export interface PreloadedOptions {
  /** Label of the file system that holds the folder `artifacts`, as `edgecdk export` writes it. @default 'EDGECDK' */
  readonly mediumLabel?: string;
}

/**
 * Where a node gets K3s and its images from. Whatever it is, only what `artifacts.lock.json` has by checksum is taken, and files that lie on the node's medium
 * go first. Sites that are offline are always `preloaded`.
 *
 * @example
 * const install = Install.mirror('https://mirror.grocer.example/k3s');
 */
export class Install {
  /** From where `edgecdk lock` found the release. */
  static online(): Install {
    return new Install({ mode: 'online' });
  }

  /** From a server of your own that has a folder per release: `<url>/v1.33.5+k3s1/k3s-arm64`. Anything but an http or https URL is an error at synth. */
  static mirror(url: `http://${string}` | `https://${string}`): Install {
    return new Install({ mode: 'mirror', base: url.replace(/\/+$/, '') });
  }

  /** From a medium or a folder that comes with the machine; the node never asks the network. */
  static preloaded(options: PreloadedOptions = {}): Install {
    return new Install({ mode: 'preloaded', mediumLabel: options.mediumLabel ?? 'EDGECDK' });
  }

  readonly [model]: InstallModel;

  private constructor(install: InstallModel) {
    this[model] = install;
  }
}
