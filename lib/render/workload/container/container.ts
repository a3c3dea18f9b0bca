import type { KubeObject } from '../../../model/kube-object';
import type { ContainerWorkloadModel } from '../../../model/workload-model';
import { perSite, type WorkloadRenderer } from '../../render-context';
import { configFiles } from './config-files';
import { controllerOf } from './controllers';
import { podTemplate } from './pod-template';
import { cipherMark, isSecretKey, secretObjects } from './secrets';
import { ingressOf, serviceOf } from './service';
import { storageOf } from './storage';

/** A container as the objects of Kubernetes that run it; what others refer to comes first. */
export const renderContainer: WorkloadRenderer<ContainerWorkloadModel> = (workload, content, context) => {
  const env = perSite(content.env, context.context) ?? {};
  const files = configFiles(workload, content, perSite(content.files, context.context) ?? {});
  const storage = storageOf(workload, content);
  const secretKeys = [...Object.values(env).filter(isSecretKey), ...files.secretKeys];
  const secrets = secretObjects(workload, secretKeys, context);
  const secretMark = cipherMark(secrets);
  const template = podTemplate(workload, content, { env, files, storage, secretMark }, context);
  const objects = [
    files.configMap,
    ...secrets,
    ...storage.claims,
    serviceOf(workload, content),
    controllerOf(workload, content, template, storage.claimTemplates),
    ingressOf(workload, content, context),
  ];
  return objects.filter((object): object is KubeObject => object !== undefined);
};
