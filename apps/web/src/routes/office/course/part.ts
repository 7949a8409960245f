import type { CourseText } from "./course-text.ts";
import type { FieldWords } from "./use-save-course.ts";

/** What each part of the editor gets. */
export interface PartProps {
  readonly text: CourseText;
  readonly change: (changes: Partial<CourseText>) => void;
  /** What is wrong, by field. */
  readonly problems: FieldWords;
  readonly isReadOnly: boolean;
}
