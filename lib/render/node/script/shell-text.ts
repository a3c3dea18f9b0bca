export { shellText } from '../../../model/shell-text';

/** One step of a run: a shell function of this name, and the line that the head of the script says about it. */
export interface Step {
  /** Name of the function that the step is. */
  readonly name: string;
  /** What the step does, in a few words for the technician. */
  readonly title: string;
  /** The function, and those that only it uses. */
  readonly text: string;
}
