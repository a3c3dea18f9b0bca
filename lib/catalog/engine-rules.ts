/** Ids of findings that delivery engines make themselves and that a program may acknowledge, by what each is about. */
export const ENGINE_RULES = {
  /** More sites than one hub is known to bear. */
  argoCdSites: 'edgecdk-argo-cd-sites',
  /** A hub reaches out to sites whose link is down at times. */
  argoCdOffline: 'edgecdk-argo-cd-offline',
  /** A wave that waits for sites that do not answer. */
  argoCdProgressive: 'edgecdk-argo-cd-progressive',
  /** Charts of others, which waves do not hold back. */
  argoCdChartWaves: 'edgecdk-argo-cd-chart-waves',
} as const;
