import type { PersonalTable } from "./personal-table.ts";
import { ACCOUNTS } from "./tables/accounts.ts";
import { BOOKINGS } from "./tables/bookings.ts";
import { CORRESPONDENCE } from "./tables/correspondence.ts";

/**
 * Every table that holds something of people: whose a row is, what of it its owner gets in an export, and
 * what becomes of it when they are erased – in this order, as later conditions need what earlier ones left.
 * Exports and erasures are made from this list, the tables of `docs/privacy.md` are held equal to it, and a
 * test refuses a table, or a column, that stands neither here nor among `IMPERSONAL`.
 */
export const PERSONAL_DATA: readonly PersonalTable[] = [
  ...CORRESPONDENCE,
  ...BOOKINGS,
  ...ACCOUNTS,
];

/** Tables that say nothing of anybody, and why not. */
export const IMPERSONAL: Readonly<Record<string, string>> = {
  academy_fact: "facts about the academy",
  article: "published, under the name that its author chose for it; staff edit it",
  article_former_slug: "addresses of articles",
  audit_seal: "hashes",
  course: "the catalogue",
  course_former_slug: "the catalogue",
  course_related: "the catalogue",
  course_run: "the calendar",
  course_topic: "the catalogue",
  course_translation: "the catalogue",
  data_key: "keys",
  discount_code: "prices",
  discount_use: "the books of discount codes, by booking",
  identity_provider: "where companies' people sign in, not who they are",
  join_link: "where runs meet online, encrypted",
  key_rotation: "how far a change of keys has come",
  organisation_domain: "domains of companies",
  outbox: "ids of what jobs are about",
  report_booking_day: "sums of the academy's bookings",
  report_cancellation_day: "sums of the academy's bookings",
  report_course: "the catalogue",
  report_run_day: "sums of the calendar",
  report_slice: "what sums are told apart by",
  report_stale: "days",
  room: "places to teach in",
  run_calendar: "the calendar",
  catalogue_change: "which courses have changed",
  course_word: "words of titles",
  run_capacity: "counters",
  run_price: "prices",
  seat_allocation: "the books of places, by booking; its notes are about places that staff block",
  session: "the calendar",
  session_instructor: "the calendar, by instructor",
  throttle: "hashes that say who only to who knows, for as long as somebody is slowed down",
  topic: "the catalogue",
  venue: "places to teach in",
  waitlist_skip: "why places were not offered, by entry",
};
