import type { KubeEdgeEnrolment as KubeEdgeEnrolmentModel } from '../lib/model/kubeedge-cluster-model';
import { model } from './internal';
import { Duration } from './units';

export interface EnrolmentCommandOptions {
  /** The command is ended after it, and called again later. @default Duration.seconds(60) */
  readonly timeout?: Duration;
}

/**
 * How an edge node comes by its certificate. Nothing of it stands in a program or its output.
 *
 * @example
 * const enrolment = KubeEdgeEnrolment.token(['/usr/local/bin/edge-token', '--cluster', 'vans']);
 */
export class KubeEdgeEnrolment {
  /**
   * Its certificate comes with the machine: a secret that is a folder of `ca.crt`, `node.crt` and `node.key` in `/etc/edgecdk/secrets/<secret>`. The
   * certificate is of the subject `CN=system:node:<node>, O=system:nodes` and of the authority that cloudcore has in its Secret `casecret`. edgecore renews
   * it by itself while it can; where a machine was away for longer, a new one in that folder takes its place.
   */
  static preissued(secret = 'kubeedge-certificate'): KubeEdgeEnrolment {
    return new KubeEdgeEnrolment({ kind: 'preissued', secret });
  }

  /**
   * A command of the image, which knows the machine by a credential of its own, prints a token of the cluster: `tokendata` of the Secret
   * `kubeedge/tokensecret`, decoded. That token is one for all nodes and lives a day, so it is asked for when it is needed and kept nowhere. The variable
   * `EDGECDK_NODE` is the machine's name. A command that is no absolute path, and an argument that looks like a secret, are errors at synth.
   */
  static token(argv: readonly [string, ...string[]], options: EnrolmentCommandOptions = {}): KubeEdgeEnrolment {
    const seconds = (options.timeout ?? Duration.seconds(60)).toSeconds();
    return new KubeEdgeEnrolment({ kind: 'token', argv: [...argv], seconds });
  }

  readonly [model]: KubeEdgeEnrolmentModel;

  private constructor(enrolment: KubeEdgeEnrolmentModel) {
    this[model] = enrolment;
  }
}
