import type { DeliveryMode } from "@lectern/contract/vocabulary";
import type { course } from "@lectern/database/schema/catalogue";
import { type CataloguedCourse, courses } from "../content/courses/index.ts";
import { fractionOf, numberedIds } from "./numbers.ts";

/** Whom a course of the big academy is for, in its title and slug. */
const audiences = [
  "Airlines",
  "Archives",
  "Banks",
  "Broadcasters",
  "Builders",
  "Charities",
  "Consultancies",
  "Energy Companies",
  "Farms",
  "Fisheries",
  "Game Studios",
  "Hospitals",
  "Hotels",
  "Insurers",
  "Laboratories",
  "Law Firms",
  "Libraries",
  "Manufacturers",
  "Museums",
  "Newspapers",
  "Ports",
  "Public Services",
  "Publishers",
  "Railways",
  "Retailers",
  "Schools",
  "Shipping Lines",
  "Start-ups",
  "Theatres",
  "Universities",
  "Water Companies",
] as const;

const formats = [
  { suffix: "", slug: "" },
  { suffix: ": Intensive", slug: "-intensive" },
  { suffix: ": Workshop", slug: "-workshop" },
] as const;

const DELIVERY_MODES: readonly DeliveryMode[] = ["classroom", "virtual", "self_paced"];

export interface BigCourse {
  readonly template: CataloguedCourse;
  readonly days: number;
  readonly pounds: number;
  readonly row: typeof course.$inferInsert;
}

/**
 * The courses of the big academy: the small one's, each for many kinds of audience.
 *
 * @param milliseconds when the load says it happened
 */
export function bigCourses(count: number, milliseconds: number): BigCourse[] {
  const ids = numberedIds("course", milliseconds);
  return Array.from({ length: count }, (_, i) => bigCourse(i, ids(i), new Date(milliseconds)));
}

function bigCourse(number: number, id: string, createdAt: Date): BigCourse {
  const template = courses[number % courses.length];
  if (!template) throw new RangeError("There are no courses to take as templates");
  const variant = Math.floor(number / courses.length);
  const audience = audiences[variant % audiences.length] ?? "";
  const round = Math.floor(variant / audiences.length);
  const format = formats[round % formats.length] ?? formats[0];
  // Beyond the number of combinations the rest are told apart by an edition.
  const edition = Math.floor(round / formats.length);
  const days = daysOf(number);
  return {
    template,
    days,
    pounds: Math.round(
      (template.pounds / template.days) * days * (0.8 + 0.4 * fractionOf(number, 1)),
    ),
    row: {
      id,
      code: `${template.code}-${String(variant + 1).padStart(3, "0")}`,
      slug: `${template.slug}-for-${slugOf(audience)}${format.slug}${edition > 0 ? `-${edition + 1}` : ""}`,
      title: `${template.title} for ${audience}${format.suffix}${edition > 0 ? ` ${edition + 1}` : ""}`,
      summary: template.summary,
      body: template.body.split("\n\n", 1)[0] ?? "",
      status: "published",
      level: template.level,
      durationDays: days,
      prerequisites: [...template.prerequisites],
      outcomes: [...template.outcomes],
      syllabus: template.modules.map(({ title, topics }) => ({ title, topics: [...topics] })),
      keywords: [...template.keywords],
      deliveryModes: [...DELIVERY_MODES],
      languages: [...template.languages],
      publishedAt: createdAt,
      createdAt,
      updatedAt: createdAt,
    },
  };
}

/** Six in ten take a day, one in ten takes three. */
function daysOf(number: number): number {
  const fraction = fractionOf(number, 2);
  if (fraction < 0.6) return 1;
  return fraction < 0.9 ? 2 : 3;
}

function slugOf(words: string): string {
  return words.toLowerCase().replaceAll(" ", "-");
}
