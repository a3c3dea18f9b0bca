/** Ids of findings that distributions make themselves and that a program may acknowledge, by what each is about. */
export const DISTRIBUTION_RULES = {
  k3sEmbeddedRegistry: 'edgecdk-k3s-embedded-registry',
  /** Objects with an effect that edge nodes may not have. */
  kubeEdgeAccount: 'edgecdk-kubeedge-account',
  kubeEdgeAuthorization: 'edgecdk-kubeedge-authorization',
  kubeEdgeClaim: 'edgecdk-kubeedge-claim',
  kubeEdgeNodeName: 'edgecdk-kubeedge-node-name',
  kubeEdgeService: 'edgecdk-kubeedge-service',
  microk8sRbac: 'edgecdk-microk8s-rbac',
} as const;

export type DistributionRule = (typeof DISTRIBUTION_RULES)[keyof typeof DISTRIBUTION_RULES];
