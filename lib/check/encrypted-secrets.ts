import { encryptionFaults, isEncryptedSecret } from '../model/encrypted-secret';
import { describeObject } from '../model/kube-object';
import type { Plan } from '../model/plan';
import { error, type Problem } from '../model/problem';
import type { Rendering } from '../model/template';

/** Secrets encrypted with SOPS, from files and manifests of the team, that the engine of their sites would not bring into a cluster as they were. */
export function encryptedSecretProblems(plan: Plan, rendering: Rendering): Problem[] {
  return plan.units.flatMap(({ id, workload, delivery: { engine } }) => {
    const objects = (rendering.units.get(id)?.files ?? []).flatMap((file) => file.objects).filter(isEncryptedSecret);
    return objects.flatMap((object): Problem[] => {
      const name = describeObject(object);
      if (!engine.decrypts)
        return [
          error(
            workload.path,
            `has the ${name}, which is encrypted with SOPS, and ${engine.title} decrypts nothing; take a delivery that does (Delivery.flux), or name the secret with SecretRef`,
          ),
        ];
      return encryptionFaults(object, engine.decrypts.annotations).map((fault) =>
        error(workload.path, `has the ${name}, which ${fault}; change that (sops edit <file>)`),
      );
    });
  });
}
