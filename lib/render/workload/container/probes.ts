import type { ContainerContent, HealthModel } from '../../../model/workload-model';
import type { Fields } from './names';

/**
 * One description of health as three probes. The figures are for slow storage and a busy CPU, where a restart costs more than waiting: ten minutes
 * to start (an SD card that other pods read from too), half a minute until no requests come any more, two minutes until the container is restarted.
 */
export function probesOf({ health }: ContainerContent): Fields {
  if (!health) return {};
  const handler = handlerOf(health);
  return {
    startupProbe: { ...handler, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 120 },
    readinessProbe: { ...handler, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...handler, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
  };
}

function handlerOf(health: HealthModel): Fields {
  switch (health.kind) {
    case 'http':
      return { httpGet: { path: health.path, port: health.port } };
    case 'tcp':
      return { tcpSocket: { port: health.port } };
    case 'exec':
      return { exec: { command: health.command } };
  }
}
