import { sorted } from '../../../model/digest';
import type { ContainerContent, ContainerWorkloadModel, SecretKeyModel } from '../../../model/workload-model';
import { perSite, type RenderContext } from '../../render-context';
import { filesAnnotation } from './annotate-files';
import type { ContainerFiles } from './config-files';
import { envOf } from './env';
import { type Fields, nonEmpty, podLabels } from './names';
import { probesOf } from './probes';
import { resourcesOf, runtimeClassOf } from './resources';
import { schedulingOf } from './scheduling';
import { secretsAnnotation } from './secrets';
import { containerSecurity, podSecurity } from './security';
import type { PodStorage } from './storage';

/** What the pod is made of besides its content. */
export interface PodParts {
  readonly env: Readonly<Record<string, string | SecretKeyModel>>;
  readonly files: ContainerFiles;
  readonly storage: PodStorage;
  /** Another one when encrypted values that it uses are others. @default - it uses none */
  readonly secretMark?: string;
}

/** The pod that every controller makes. Hardened: what a container may do beyond this, its `security` says. */
export function podTemplate(
  workload: ContainerWorkloadModel,
  content: ContainerContent,
  { env, files, storage, secretMark }: PodParts,
  { context, deviceClasses }: RenderContext,
): Fields {
  const { security, run } = content;
  const isJob = run.kind === 'once' || run.kind === 'schedule';
  const marks = {
    ...(files.configMap && { [filesAnnotation]: files.configMap.metadata.name }),
    ...(secretMark !== undefined && { [secretsAnnotation]: secretMark }),
  };
  // Each run of a schedule is a new pod, which finds files and secrets as they are then.
  const annotations = run.kind === 'schedule' || Object.keys(marks).length === 0 ? undefined : marks;
  return {
    metadata: { labels: podLabels(workload), annotations },
    spec: {
      restartPolicy: isJob ? 'OnFailure' : undefined,
      automountServiceAccountToken: security.serviceAccountToken,
      enableServiceLinks: false, // a variable per Service of the namespace, in every container
      hostNetwork: security.hostNetwork || undefined,
      dnsPolicy: security.hostNetwork ? 'ClusterFirstWithHostNet' : undefined,
      runtimeClassName: runtimeClassOf(content),
      securityContext: podSecurity(content),
      ...schedulingOf(workload, content, deviceClasses),
      containers: [
        {
          name: workload.id,
          image: content.image,
          imagePullPolicy: 'IfNotPresent', // also for `latest`: a node must start what it has while the link is down
          command: perSite(content.command, context),
          args: perSite(content.args, context),
          env: nonEmpty(envOf(workload, env)),
          ports: nonEmpty(containerPorts(content)),
          resources: resourcesOf(content),
          securityContext: containerSecurity(content),
          ...probesOf(content),
          volumeMounts: nonEmpty([...storage.volumeMounts, ...files.volumeMounts]),
        },
      ],
      volumes: nonEmpty([...storage.volumes, ...files.volumes]),
    },
  };
}

function containerPorts({ ports }: ContainerContent): Fields[] {
  return sorted(Object.entries(ports), ([name]) => name).map(([name, containerPort]) => ({
    name,
    containerPort,
    protocol: 'TCP',
  }));
}
