import type { CourseLevel, DeliveryMode } from "@lectern/contract/vocabulary";

/** The messages that name the contract's codes. */

export const LEVEL_WORDS = {
  beginner: "course.level_beginner",
  intermediate: "course.level_intermediate",
  advanced: "course.level_advanced",
} as const satisfies Record<CourseLevel, string>;

export const MODE_WORDS = {
  classroom: "run.mode_classroom",
  virtual: "run.mode_virtual",
  self_paced: "run.mode_self_paced",
  blended: "run.mode_blended",
} as const satisfies Record<DeliveryMode, string>;
