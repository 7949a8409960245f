import type { Translation } from "../translation.ts";
import type * as english from "../en/course.ts";

export const course = {
  days: "{days, plural, one {# dag} other {# dager}}",
  halfDay: "en halv dag",
  level_beginner: "Grunnleggende",
  level_intermediate: "Middels",
  level_advanced: "Avansert",
} as const satisfies Translation<typeof english.course>;
