import type { NodeSecretSource } from '../lib/model/node-input';
import { model } from './internal';
import { Duration } from './units';

export interface SecretCommandOptions {
  /** The command is ended after it, and called again later. @default Duration.seconds(60) */
  readonly timeout?: Duration;
}

/**
 * How a machine comes by its secrets, which are files in `/etc/edgecdk/secrets`. Whatever it is, what the machine has stays, and what its medium holds
 * (`edgecdk export --secrets`) goes first. K3s does not start before all are there: until then, the machine asks again with a growing pause.
 *
 * @example
 * const secrets = NodeSecrets.command(['/usr/local/bin/fetch-secret', '--key', 'shops/{name}']);
 */
export class NodeSecrets {
  /** On the medium that the machine is set up from, or by hand. */
  static medium(): NodeSecrets {
    return new NodeSecrets({ kind: 'medium' });
  }

  /**
   * By a command of the image, which knows the machine by a credential that it was made with. It is called with the name of one secret, in place of
   * `{name}`, or where no argument has that, as the last; of a secret that is a folder, with `<secret>/<file>` for each file. What it prints becomes the
   * file, for root alone, and is shown nowhere; an exit code other than 0, nothing printed, or no end in time means that it comes later. The variable
   * `EDGECDK_NODE` is the machine's name.
   *
   * A command that is no absolute path, an argument with credentials in a URL, and one that looks like a secret are errors at synth.
   */
  static command(argv: readonly [string, ...string[]], options: SecretCommandOptions = {}): NodeSecrets {
    const seconds = (options.timeout ?? Duration.seconds(60)).toSeconds();
    return new NodeSecrets({ kind: 'command', argv: [...argv], seconds });
  }

  /**
   * Credentials of systemd, by the name `edgecdk.<secret>`, or `edgecdk.<secret>.<file>` of a secret that is a folder, with `.` for `/`. They lie in
   * `/etc/credstore.encrypted`, sealed with the machine's TPM by `systemd-creds encrypt --name=edgecdk.k3s-token - FILE`, or in `/etc/credstore`, or come
   * with the firmware of a virtual machine. `edgecdk-apply.service` imports them, from systemd 254 on; where it is older, a drop-in of the image
   * says `LoadCredentialEncrypted=edgecdk.k3s-token:FILE` for each.
   *
   * @see https://systemd.io/CREDENTIALS
   */
  static systemdCredentials(): NodeSecrets {
    return new NodeSecrets({ kind: 'systemd-credentials' });
  }

  readonly [model]: NodeSecretSource;

  private constructor(source: NodeSecretSource) {
    this[model] = source;
  }
}
