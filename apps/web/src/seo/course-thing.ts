import type { CourseDetail } from "@lectern/contract/courses";
import type { RunSummary } from "@lectern/contract/runs";
import type { DeliveryMode } from "@lectern/contract/vocabulary";
import { pathHere } from "../language/addresses.ts";
import { dateOf, withOffset } from "../format/dates.ts";
import { minorUnits } from "../format/money.ts";

/** A course in the vocabulary of schema.org, as search engines read it (Google's "Course info"). */

const MODES = {
  classroom: "Onsite",
  virtual: "Online",
  self_paced: "Online",
  blended: "Blended",
} as const satisfies Record<DeliveryMode, string>;

/** Of a page in the language of this one. What things are called (`@id`) is the same in all. */
function addressOf(origin: string, path: string): string {
  return origin + pathHere(path);
}

function availabilityOf({ bookability, placesLeft }: RunSummary): string {
  if (bookability !== "open") return "https://schema.org/SoldOut";
  const name = placesLeft <= 3 ? "LimitedAvailability" : "InStock";
  return `https://schema.org/${name}`;
}

function offersOf(run: RunSummary, origin: string) {
  if (run.price === null) return {};
  const { amount, currency } = run.price;
  return {
    offers: {
      "@type": "Offer",
      category: "Paid",
      price: amount / minorUnits(currency),
      priceCurrency: currency,
      availability: availabilityOf(run),
      url: addressOf(origin, `/book/${run.id}`),
    },
  };
}

function locationOf({ venue }: RunSummary, origin: string, slug: string) {
  if (venue === null)
    return { "@type": "VirtualLocation", url: addressOf(origin, `/courses/${slug}`) };
  return {
    "@type": "Place",
    name: venue.name,
    address: {
      "@type": "PostalAddress",
      ...(venue.street && { streetAddress: venue.street }),
      addressLocality: venue.city,
      addressCountry: venue.country,
    },
  };
}

function instanceOf(run: RunSummary, origin: string) {
  const status = run.status === "cancelled" ? "EventCancelled" : "EventScheduled";
  return {
    "@type": "CourseInstance",
    "@id": `${origin}/book/${run.id}`,
    courseMode: MODES[run.deliveryMode],
    inLanguage: run.language,
    startDate: withOffset(run.localStart, run.startsAt),
    endDate: withOffset(run.localEnd, run.endsAt),
    courseSchedule: {
      "@type": "Schedule",
      startDate: dateOf(run.localStart),
      endDate: dateOf(run.localEnd),
      repeatFrequency: "Daily",
      scheduleTimezone: run.timeZone,
    },
    eventStatus: `https://schema.org/${status}`,
    location: locationOf(run, origin, run.course.slug),
    maximumAttendeeCapacity: run.capacity,
    remainingAttendeeCapacity: run.placesLeft,
    ...offersOf(run, origin),
  };
}

/** @param origin of the site, for the identifiers */
export function courseThing(course: CourseDetail, origin: string) {
  return {
    "@type": "Course",
    "@id": `${origin}/courses/${course.slug}`,
    url: addressOf(origin, `/courses/${course.slug}`),
    name: course.title,
    description: course.summary,
    courseCode: course.code,
    inLanguage: course.contentLanguage,
    availableLanguage: course.languages,
    provider: { "@id": `${origin}/#academy`, "@type": "EducationalOrganization", name: "Lectern" },
    about: course.topics.map(({ name }) => name),
    ...(course.level && { educationalLevel: course.level }),
    ...(course.durationDays && { timeRequired: `P${course.durationDays}D` }),
    ...(course.outcomes.length > 0 && { teaches: course.outcomes }),
    ...(course.prerequisites.length > 0 && { coursePrerequisites: course.prerequisites }),
    ...(course.syllabus.length > 0 && {
      syllabusSections: course.syllabus.map(({ title, topics }) => ({
        "@type": "Syllabus",
        name: title,
        description: topics.join("; "),
      })),
    }),
    ...(course.upcomingRuns.length > 0 && {
      hasCourseInstance: course.upcomingRuns.map((run) => instanceOf(run, origin)),
    }),
  };
}

/** The way to a page, for search engines (`BreadcrumbList`). */
export function breadcrumbThing(origin: string, steps: readonly { name: string; path: string }[]) {
  return {
    "@type": "BreadcrumbList",
    itemListElement: steps.map(({ name, path }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name,
      item: addressOf(origin, path),
    })),
  };
}
