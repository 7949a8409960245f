import { describe, expect, it } from "vitest";
import { course, run } from "../../test/academy.ts";
import { courseThing } from "./course-thing.ts";

const origin = "https://academy.example";

describe("a course in the words of schema.org", () => {
  it("has its dates with place, local times, price and places", () => {
    expect(courseThing(course, origin)).toMatchObject({
      "@type": "Course",
      courseCode: "SEC-210",
      timeRequired: "P2D",
      hasCourseInstance: [
        {
          "@type": "CourseInstance",
          courseMode: "Onsite",
          inLanguage: "nb",
          startDate: "2027-03-26T09:00+01:00",
          endDate: "2027-03-29T17:00+02:00",
          eventStatus: "https://schema.org/EventScheduled",
          location: {
            "@type": "Place",
            address: { addressLocality: "Oslo", addressCountry: "NO" },
          },
          maximumAttendeeCapacity: 12,
          remainingAttendeeCapacity: 2,
          offers: {
            price: 18_900,
            priceCurrency: "NOK",
            availability: "https://schema.org/LimitedAvailability",
          },
        },
      ],
    });
  });

  it("says what is sold out, online, or without a price", () => {
    const upcomingRuns = [
      { ...run, venue: null, deliveryMode: "virtual" as const },
      { ...run, bookability: "sold_out" as const, placesLeft: 0 },
      { ...run, price: null },
    ];
    const [online, full, unpriced] =
      courseThing({ ...course, upcomingRuns }, origin).hasCourseInstance ?? [];
    expect(online).toMatchObject({
      courseMode: "Online",
      location: { "@type": "VirtualLocation" },
    });
    expect(full).toMatchObject({ offers: { availability: "https://schema.org/SoldOut" } });
    expect(unpriced).not.toHaveProperty("offers");
  });

  it("leaves out what is not known", () => {
    const bare = {
      ...course,
      upcomingRuns: [],
      syllabus: [],
      outcomes: [],
      level: null,
      durationDays: null,
    };
    const thing = courseThing(bare, origin);
    for (const name of [
      "hasCourseInstance",
      "syllabusSections",
      "teaches",
      "educationalLevel",
      "timeRequired",
    ]) {
      expect(thing).not.toHaveProperty(name);
    }
  });
});
