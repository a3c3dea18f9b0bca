import type { ContainerWorkloadModel, SecretKeyModel } from '../../../model/workload-model';
import { ContentError } from '../../render-context';
import type { Fields } from './names';
import { isSecretKey, secretName } from './secrets';

/** In the order of the program: a variable may refer to those before it, as `$(NAME)`. */
export function envOf(
  workload: ContainerWorkloadModel,
  env: Readonly<Record<string, string | SecretKeyModel>>,
): Fields[] {
  return Object.entries(env).map(([name, value]) => {
    if (typeof value === 'string') return { name, value };
    if (isSecretKey(value)) {
      return { name, valueFrom: { secretKeyRef: { name: secretName(workload, value), key: value.key } } };
    }
    const found: unknown = value;
    throw new ContentError(
      `gives the variable ${name} a value of type ${typeof found}; write it as text, or take a SecretRef`,
    );
  });
}
