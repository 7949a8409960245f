import type { CourseContent, TopicContent } from "../types.ts";
import { architectureAndLeadership } from "./architecture-and-leadership.ts";
import { artificialIntelligence } from "./artificial-intelligence.ts";
import { cloud } from "./cloud.ts";
import { dataEngineering } from "./data-engineering.ts";
import { databases } from "./databases.ts";
import { devops } from "./devops.ts";
import { programmingLanguages } from "./programming-languages.ts";
import { security } from "./security.ts";
import { userExperience } from "./user-experience.ts";
import { web } from "./web.ts";

/** The catalogue's topics, in the order in which they are shown. */
export const topics: readonly TopicContent[] = [
  programmingLanguages,
  web,
  databases,
  cloud,
  devops,
  security,
  dataEngineering,
  artificialIntelligence,
  architectureAndLeadership,
  userExperience,
];

/** A course with the topics it is listed under, its own first. */
export interface CataloguedCourse extends CourseContent {
  readonly topics: readonly [string, ...string[]];
}

/** Every course of the academy. */
export const courses: readonly CataloguedCourse[] = topics.flatMap((topic) =>
  topic.courses.map((course) => ({
    ...course,
    topics: [topic.slug, ...(course.alsoIn ?? [])] as const,
  })),
);
