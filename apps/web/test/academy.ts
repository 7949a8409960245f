import type { RouterOutputs } from "@lectern/client";
import { type MockHandlers, createMockClient, domainError } from "@lectern/client/testing";
import type { Place } from "../src/bookings/live-places.ts";

/** A course, a date and an article for tests, and a client that answers with them. */

export const run: RouterOutputs["runs"]["upcoming"]["items"][number] = {
  id: "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d",
  course: {
    id: "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c30",
    code: "SEC-210",
    slug: "secure-web-applications",
    title: "Secure Web Applications",
    contentLanguage: "en",
  },
  status: "confirmed",
  deliveryMode: "classroom",
  language: "nb",
  venue: {
    id: "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c31",
    name: "Storgata",
    street: "Storgata 1",
    city: "Oslo",
    country: "NO",
  },
  startsAt: "2027-03-26T08:00:00.000Z",
  endsAt: "2027-03-29T15:00:00.000Z",
  timeZone: "Europe/Oslo",
  localStart: "2027-03-26T09:00",
  localEnd: "2027-03-29T17:00",
  price: { amount: 1_890_000, currency: "NOK" },
  capacity: 12,
  placesLeft: 2,
  bookability: "open",
};

export const runDetail: RouterOutputs["runs"]["byId"] = {
  ...run,
  visibility: "public",
  minPlaces: 0,
  bookingOpensAt: null,
  bookingClosesAt: null,
  cancellationPolicy: { tiers: [{ daysBefore: 14, feeBasisPoints: 0 }] },
  sessions: [],
  sourceUrl: null,
  version: 1,
};

function quoteOf(places: number): RouterOutputs["prices"]["quote"] {
  const each = run.price?.amount ?? 0;
  return {
    runId: run.id,
    total: { amount: places * each, currency: "NOK" },
    taxCategory: "standard",
    places: Array.from({ length: places }, () => ({
      price: run.price,
      explanation: [{ kind: "base", amount: each, basisPoints: null, detail: null }],
    })),
    validUntil: null,
    serverTime: "2026-12-01T00:00:00.000Z",
  };
}

export const course: RouterOutputs["courses"]["bySlug"] = {
  ...run.course,
  summary: "Attack, then defend.",
  body: "You *attack* first.",
  contentLanguage: "en",
  translations: [],
  status: "published",
  level: "intermediate",
  durationDays: 2,
  prerequisites: ["Some years of code"],
  outcomes: ["Find holes"],
  syllabus: [{ title: "Attack", topics: ["Injection"] }],
  keywords: [],
  deliveryModes: ["classroom"],
  languages: ["en", "nb"],
  topics: [{ slug: "security", name: "Security" }],
  sourceUrl: null,
  upcomingRuns: [run],
  related: [],
  version: 1,
  updatedAt: "2026-11-01T00:00:00.000Z",
};

/** A place of a booking, unnamed and confirmed, but for what is given. */
export function placeOf(overrides: Partial<Place> = {}): Place {
  return {
    id: `0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2d0${overrides.position ?? 1}`,
    position: 1,
    status: "confirmed",
    learner: null,
    price: run.price,
    taxCategory: "standard",
    priceExplanation: [
      { kind: "base", amount: run.price?.amount ?? 0, basisPoints: null, detail: null },
    ],
    successor: null,
    fee: null,
    ...overrides,
  };
}

export const courseSummary: RouterOutputs["courses"]["list"]["items"][number] = {
  ...run.course,
  summary: course.summary,
  level: course.level,
  durationDays: course.durationDays,
  deliveryModes: course.deliveryModes,
  languages: course.languages,
  topics: course.topics,
  nextRun: null,
  upcomingRuns: 1,
  pricesFrom: [],
};

const article: RouterOutputs["articles"]["bySlug"] = {
  id: "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c40",
  slug: "a-room-of-twelve",
  title: "A room of twelve",
  summary: "Why twelve.",
  author: "Ingrid",
  language: "en",
  topic: null,
  status: "published",
  publishedAt: "2026-11-01T00:00:00.000Z",
  readingMinutes: 3,
  body: "Twelve.",
  version: 1,
  updatedAt: "2026-11-01T00:00:00.000Z",
};

const NO_FACETS = {
  topics: [],
  levels: [],
  languages: [],
  deliveryModes: [],
  countries: [],
  cities: [],
  currencies: [],
};

function onePage<Item>(...items: Item[]) {
  return { items, nextCursor: null, total: items.length, isTotalExact: true };
}

/** A client of an academy with one course, one date and one article, but for what is given. */
export function mockAcademy(handlers: MockHandlers = {}) {
  return createMockClient({
    courses: {
      list: () => onePage(courseSummary),
      facets: () => NO_FACETS,
      topics: () => ({
        topics: [{ slug: "security", name: "Security", description: "", publishedCourses: 1 }],
      }),
      bySlug: ({ slug }) => {
        if (slug === course.slug) return course;
        throw domainError("NotFound", { entity: "course", id: slug });
      },
      ...handlers.courses,
    },
    runs: {
      upcoming: () => onePage(run),
      byId: ({ id }) => {
        if (id === run.id) return runDetail;
        throw domainError("NotFound", { entity: "run", id });
      },
      ...handlers.runs,
    },
    prices: {
      quote: ({ places }) => quoteOf(places),
      ...handlers.prices,
    },
    articles: { list: () => onePage(article), bySlug: () => article, ...handlers.articles },
  });
}
