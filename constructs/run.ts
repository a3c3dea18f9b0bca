import { Duration } from 'cdk8s';
import type { RunModel } from '../lib/model/workload-model';
import { model } from './internal';

export interface MoveOptions {
  /**
   * How long pods wait for a node that does not answer before they are made anew on another one. Kubernetes' own five minutes would empty a node
   * that was switched off for a night. @default Duration.days(7)
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions
   */
  readonly moveAfter?: Duration;
}

/**
 * How many copies of a container run, where, and for how long.
 *
 * @example
 * const run = Run.replicas(2, { moveAfter: Duration.minutes(10) });
 */
export class Run {
  /** So many copies, anywhere: a Deployment. */
  static replicas(n: number, options: MoveOptions = {}): Run {
    return new Run({ kind: 'replicas', replicas: n, moveAfterSeconds: moveAfterOf(options) });
  }

  /** One copy on each node that the placement allows: a DaemonSet. */
  static onEveryNode(): Run {
    return new Run({ kind: 'every-node' });
  }

  /** So many copies with names and volumes of their own: a StatefulSet. Its volumes outlive it. */
  static stateful(n: number, options: MoveOptions = {}): Run {
    return new Run({ kind: 'stateful', replicas: n, moveAfterSeconds: moveAfterOf(options) });
  }

  /**
   * Until it succeeds once: a Job. Kubernetes cannot change a Job: K3s deletes one whose content differs and runs the new one, other engines refuse it.
   */
  static once(): Run {
    return new Run({ kind: 'once' });
  }

  /** By the clock: a CronJob. Five fields, or a word such as `@hourly`; in the time zone of the controller. */
  static schedule(cron: string): Run {
    return new Run({ kind: 'schedule', cron });
  }

  readonly [model]: RunModel;

  private constructor(run: RunModel) {
    this[model] = run;
  }
}

function moveAfterOf(options: MoveOptions): number {
  return (options.moveAfter ?? Duration.days(7)).toSeconds();
}
