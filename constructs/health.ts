import type { HealthModel } from '../lib/model/workload-model';
import { model } from './internal';

/**
 * How Kubernetes finds out whether a container is well. One description makes the startup, readiness and liveness probes.
 *
 * @example
 * const health = Health.http('/healthz', 'http');
 */
export class Health {
  /** Well while a GET of the path on a port, by its name, answers 200 to 399. */
  static http(path: string, port: string): Health {
    return new Health({ kind: 'http', path, port });
  }

  /** Well while a port, by its name, takes connections. */
  static tcp(port: string): Health {
    return new Health({ kind: 'tcp', port });
  }

  /** Well while the command ends with 0 inside the container. */
  static exec(command: readonly string[]): Health {
    return new Health({ kind: 'exec', command: [...command] });
  }

  readonly [model]: HealthModel;

  private constructor(health: HealthModel) {
    this[model] = health;
  }
}
