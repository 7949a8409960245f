/** What is said of a course, wherever it is listed. */
export const course = {
  days: "{days, plural, one {# day} other {# days}}",
  halfDay: "half a day",
  level_beginner: "Beginner",
  level_intermediate: "Intermediate",
  level_advanced: "Advanced",
} as const;
