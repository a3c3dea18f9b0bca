import type { ContainerContent } from '../../../model/workload-model';
import type { Fields } from './names';

/**
 * What holds for the pod: no root and the runtime's system call filter, as Kubernetes' restricted standard asks.
 *
 * `fsGroup` lets a user write to a fresh claim, whose root folder is root's. It needs a group to name, so only a known user gets it, and only where
 * there is a claim: a scratch volume is writable for all, and Kubernetes leaves the folders of a node alone.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podSecurity({ security, mounts }: ContainerContent): Fields {
  const { runAsUser, allowRoot, groups } = security;
  const claims = Object.values(mounts).some((mount) => mount.kind === 'claim');
  return {
    runAsNonRoot: allowRoot ? undefined : true,
    runAsUser,
    supplementalGroups: groups.length > 0 ? [...groups].sort((a, b) => a - b) : undefined,
    ...(claims && runAsUser ? { fsGroup: runAsUser, fsGroupChangePolicy: 'OnRootMismatch' } : {}),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/**
 * What holds for the container. Only a privileged one may open a device file of its node, if no device plugin hands it out; capabilities and the ban
 * on escalation have no meaning then, and Kubernetes refuses the latter.
 */
export function containerSecurity({ security, devices }: ContainerContent): Fields {
  const readOnlyRootFilesystem = security.writableRoot ? undefined : true;
  if (devices.length > 0) return { privileged: true, readOnlyRootFilesystem };
  const add = security.capabilities.length > 0 ? [...security.capabilities].sort() : undefined;
  return { allowPrivilegeEscalation: false, readOnlyRootFilesystem, capabilities: { drop: ['ALL'], add } };
}
