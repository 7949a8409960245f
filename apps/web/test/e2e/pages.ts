import { newIdempotencyKey } from "@lectern/client";
import { type AccountHolder, PASSWORD } from "./accounts.ts";
import { askFor, draftQuote, sendQuote } from "./enquiries.ts";
import {
  bookPlaces,
  bookingPath,
  joinWaitlist,
  linkMailedTo,
  newAddress,
  people,
  scheduleRun,
} from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";

/**
 * Every page there is, with an address at which it shows something: what looks at all pages (axe, pictures) begins here. A test
 * holds it equal to the routes.
 */

export interface SitePage {
  /** As the routes have it, from the beginning of the address on. */
  readonly route: string;
  /** Of its pictures. */
  readonly name: string;
  /** Whether it is somebody's own, or the back office's. */
  readonly isSignedIn: boolean;
  readonly path: (there: Academy) => string;
}

/** What addresses are made of, and somebody who may see all of it: an administrator who manages a company, too. */
export interface Academy {
  readonly who: StaffMember;
  readonly runId: string;
  readonly reference: string;
  readonly bookingPath: string;
  readonly waitlistPath: string;
  readonly quotePath: string;
  readonly articleSlug: string;
  readonly articleId: string;
  readonly courseId: string;
  readonly organisationId: string;
  readonly venueId: string;
  readonly enquiryId: string;
  readonly quoteId: string;
}

const COURSE = "secure-web-applications";

/** A link whose key opens nothing. */
export const UNKNOWN = `#0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d.${"k".repeat(43)}`;

function open(route: string, name: string, path: SitePage["path"] = () => route): SitePage {
  return { route, name, isSignedIn: false, path };
}

function own(route: string, name: string, path: SitePage["path"] = () => route): SitePage {
  return { route, name, isSignedIn: true, path };
}

export const SITE_PAGES: readonly SitePage[] = [
  open("/", "home"),
  open("/courses", "courses"),
  open("/courses", "courses-narrowed", () => "/courses?topic=security&level=beginner"),
  open("/courses", "courses-none", () => "/courses?q=zzzzzz"),
  open("/courses/$slug", "course", () => `/courses/${COURSE}`),
  open("/upcoming", "dates"),
  open("/book/$runId", "booking", ({ runId }) => `/book/${runId}`),
  open("/bookings/$reference", "booked", (there) => there.bookingPath),
  open("/bookings/$reference", "booked-without-key", () => "/bookings/LC-7K3F-92QD"),
  open("/waitlist", "waitlist", (there) => there.waitlistPath),
  open("/quote", "quote", (there) => there.quotePath),
  open("/quote", "quote-unknown", () => `/quote${UNKNOWN}`),
  open("/claim", "claim", () => `/claim${UNKNOWN}`),
  open("/approve", "approve", () => `/approve${UNKNOWN}`),
  open("/join", "join", () => `/join${UNKNOWN}`),
  open("/articles", "articles"),
  open("/articles/$slug", "article", ({ articleSlug }) => `/articles/${articleSlug}`),
  open("/contact", "contact", () => "/contact?kind=company"),
  open("/privacy", "privacy"),
  open("/nothing-here", "not-found"),
  open("/sign-in", "sign-in"),
  open("/sign-in/openid/$provider", "openid", () => "/sign-in/openid/nordlys"),
  open("/sign-up", "sign-up"),
  open("/sign-up/check-mail", "check-mail"),
  open("/forgotten-password", "forgotten-password"),
  open("/account/verify", "verify", () => `/account/verify${UNKNOWN}`),
  open("/account/reset-password", "reset-password", () => `/account/reset-password${UNKNOWN}`),
  open("/account/change-email", "change-email", () => `/account/change-email${UNKNOWN}`),
  open("/account/invitation", "invitation", () => `/account/invitation${UNKNOWN}`),
  open(
    "/account/first-administrator",
    "first-administrator",
    () => `/account/first-administrator${UNKNOWN}`,
  ),
  own("/account", "profile"),
  own("/account/trainings", "trainings"),
  own("/account/security", "security"),
  own("/account/privacy", "my-data"),
  own("/device", "device"),
  own("/account/organisation", "organisations"),
  own(
    "/account/organisation/$id",
    "organisation",
    (there) => `/account/organisation/${there.organisationId}`,
  ),
  own(
    "/account/organisation/$id/people",
    "organisation-people",
    (there) => `/account/organisation/${there.organisationId}/people`,
  ),
  own(
    "/account/organisation/$id/spending",
    "organisation-spending",
    (there) => `/account/organisation/${there.organisationId}/spending`,
  ),
  own(
    "/account/organisation/$id/details",
    "organisation-details",
    (there) => `/account/organisation/${there.organisationId}/details`,
  ),
  own("/office", "office"),
  own("/office/today", "office-today"),
  own("/office/schedule", "office-schedule"),
  own("/office/schedule", "office-schedule-week", () => "/office/schedule?view=week"),
  own("/office/schedule/new", "office-new-run"),
  own("/office/schedule/series", "office-series"),
  own("/office/runs/$runId", "office-run", ({ runId }) => `/office/runs/${runId}`),
  own(
    "/office/runs/$runId/check-in",
    "office-check-in",
    ({ runId }) => `/office/runs/${runId}/check-in`,
  ),
  own("/office/teaching", "office-teaching"),
  own("/office/courses", "office-courses"),
  own("/office/courses/new", "office-new-course"),
  own("/office/courses/$id", "office-course", ({ courseId }) => `/office/courses/${courseId}`),
  own("/office/articles", "office-articles"),
  own("/office/articles/new", "office-new-article"),
  own("/office/articles/$id", "office-article", ({ articleId }) => `/office/articles/${articleId}`),
  own("/office/bookings", "office-bookings"),
  own(
    "/office/bookings/new",
    "office-new-booking",
    ({ runId }) => `/office/bookings/new?run=${runId}`,
  ),
  own(
    "/office/bookings/$reference",
    "office-booking",
    (there) => `/office/bookings/${there.reference}`,
  ),
  own("/office/people", "office-people"),
  own("/office/people/$id", "office-person", ({ who }) => `/office/people/${who.id}`),
  own("/office/organisations", "office-organisations"),
  own(
    "/office/organisations/$id",
    "office-organisation",
    (there) => `/office/organisations/${there.organisationId}`,
  ),
  own(
    "/office/organisations/$id",
    "office-organisation-people",
    (there) => `/office/organisations/${there.organisationId}?tab=people`,
  ),
  own("/office/enquiries", "office-enquiries"),
  own("/office/enquiries", "office-enquiries-list", () => "/office/enquiries?view=list&spam=1"),
  own(
    "/office/enquiries/$id",
    "office-enquiry",
    ({ enquiryId }) => `/office/enquiries/${enquiryId}`,
  ),
  own(
    "/office/enquiries/$id",
    "office-enquiry-quote",
    ({ enquiryId, quoteId }) => `/office/enquiries/${enquiryId}?quote=${quoteId}`,
  ),
  own(
    "/office/enquiries/$id",
    "office-enquiry-new-quote",
    ({ enquiryId, runId }) => `/office/enquiries/${enquiryId}?quote=new&run=${runId}`,
  ),
  own("/office/discounts", "office-discounts"),
  own("/office/reports", "office-reports"),
  own("/office/reports/bookings", "office-report-bookings"),
  own("/office/reports/occupancy", "office-report-occupancy"),
  own("/office/reports/demand", "office-report-demand"),
  own("/office/reports/enquiries", "office-report-enquiries"),
  own("/office/reports/cancellations", "office-report-cancellations"),
  own("/office/settings", "office-settings"),
  own("/office/settings/academy", "office-settings-academy"),
  own("/office/settings/venues", "office-venues"),
  own("/office/settings/audit", "office-audit"),
  own("/office/settings/jobs", "office-jobs"),
  own("/office/settings/keys", "office-keys"),
  own("/office/settings/mail", "office-mail"),
  own("/office/settings/privacy", "office-privacy-settings"),
  own("/office/settings/sign-in", "office-sign-in"),
  own(
    "/office/settings/venues/$id",
    "office-venue",
    ({ venueId }) => `/office/settings/venues/${venueId}`,
  ),
];

const key = () => ({ idempotencyKey: newIdempotencyKey() });

/** Somebody with an account becomes a company's manager. */
async function joinCompany(organisationId: string, { name, email }: AccountHolder): Promise<void> {
  const { staff, visitor } = people();
  const role = "company_manager";
  await staff.organisations.invite.mutate({ organisationId, name, email, role, ...key() });
  const link = await linkMailedTo(email, "invitation", "/account/invitation#");
  const [, id = "", secret = ""] = /#([^.]+)\.(.+)$/u.exec(link) ?? [];
  await visitor.account.acceptInvitation.mutate({
    proof: { id, key: secret },
    name,
    password: PASSWORD,
    acceptsTerms: true,
    ...key(),
  });
}

/** @returns the address of a quote that somebody was sent */
async function quoteSentTo(email: string): Promise<string> {
  const run = await scheduleRun(5);
  await sendQuote(await draftQuote(await askFor({ email }), run.id));
  return linkMailedTo(email, "quote", "/quote#");
}

async function venueInOslo(): Promise<string> {
  const { items } = await people().staff.venues.list.query({ query: "Oslo", limit: 1 });
  const [venue] = items;
  if (venue === undefined) throw new Error("The demo academy has no venue in Oslo");
  return venue.id;
}

/** Makes what the pages show: a date with a booking and somebody who waits, a company, and who may see all of it. */
export async function beginAcademy(): Promise<Academy> {
  const { staff, visitor } = people();
  const organisation = await staff.organisations.create.mutate({
    name: "Fjord Analytics",
    country: "NO",
    ...key(),
  });
  const who = await newStaffMember(
    "Maximiliane von Hohenstein-Wolfenbüttel",
    "administrator",
    (account) => joinCompany(organisation.id, account),
  );
  const run = await scheduleRun(2);
  const booked = await bookPlaces(run.id, 2);
  const entry = await joinWaitlist(run.id);
  const enquiryId = await askFor();
  const quote = await draftQuote(enquiryId, run.id);
  const { items } = await visitor.articles.list.query({ limit: 1 });
  const [article] = items;
  if (article === undefined) throw new Error("The demo academy has no article");
  const course = await visitor.courses.bySlug.query({ slug: COURSE });
  return {
    who,
    runId: run.id,
    reference: booked.reference,
    bookingPath: bookingPath(booked),
    waitlistPath: entry.path,
    quotePath: await quoteSentTo(newAddress("quoted")),
    articleSlug: article.slug,
    articleId: article.id,
    courseId: course.id,
    organisationId: organisation.id,
    venueId: await venueInOslo(),
    enquiryId,
    quoteId: quote.id,
  };
}
