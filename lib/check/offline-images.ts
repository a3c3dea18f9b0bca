import { compareText } from '../model/digest';
import { wholeImageName } from '../model/image-name';
import { imagesOf } from '../model/object-images';
import type { Cohort, Plan } from '../model/plan';
import { listSome, type Problem, warning } from '../model/problem';
import type { Rendering } from '../model/template';
import { showText } from './filled-text';

/** Id of the findings on images that reach no site without a link unless somebody brings them. */
export const OFFLINE_IMAGES = 'edgecdk-offline-images';

/** A site without a link has the images of its distribution's archive, and those of archives that a kit brings: we cannot know those. */
export function offlineImageProblems(plan: Plan, rendering: Rendering): Problem[] {
  return plan.cohorts.flatMap((cohort) => {
    const sites = cohort.sites.filter(({ link }) => link.kind === 'offline').map(({ name }) => name);
    if (sites.length === 0 || cohort.trees.length === 0) return [];
    const { distribution } = cohort.cluster;
    const runtimes = plan.model.deviceClasses
      .filter(({ path }) => cohort.deviceClasses.includes(path))
      .map(({ runtime = 'containerd' }) => runtime);
    const missing = imagesOfCohort(cohort, rendering)
      .map((image) => showText(image, plan.tokens))
      .filter((image) => !distribution.hasImage(wholeImageName(image), cohort.cluster, runtimes));
    const names = [...new Set(missing)].sort(compareText);
    if (names.length === 0) return [];
    return [
      warning(
        cohort.blueprint.path,
        `has sites without a link, and these images are not in the archive of ${distribution.title}: ${listSome(names, 20)}; put archives of them (docker save) into the folder images of the artifact cache, or into that of edgecdk export --images, and acknowledge this`,
        { rule: OFFLINE_IMAGES, sites },
      ),
    ];
  });
}

function imagesOfCohort({ id, units }: Cohort, rendering: Rendering): string[] {
  const files = [
    ...units.flatMap((unit) => rendering.units.get(unit)?.files ?? []),
    ...(rendering.clusters.get(id) ?? []),
  ];
  return files.flatMap(({ objects }) => objects).flatMap((object) => imagesOf(object).images);
}
