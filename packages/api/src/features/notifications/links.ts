import type { AccessKeys } from "@lectern/auth/access-key";
import { MAIL_LANGUAGES, wordsFor } from "./letters/write-letter.ts";

/**
 * Addresses that mails carry. A key stands after the `#`: what follows it never leaves the browser, so
 * that it is in no log on the way.
 */
export interface LinkParts {
  /** Where visitors reach the site, without a slash at the end. */
  readonly publicUrl: string;
  /** BCP 47: what the reader reads. A link leads to the page in the language that mails to them are written in. */
  readonly language: string;
  /** Makes keys, or what stands for them in a mail that is kept. */
  readonly accessKeys: Pick<AccessKeys, "keyFor">;
}

type SiteParts = Pick<LinkParts, "publicUrl" | "language">;

/** @returns where the pages in the reader's language begin: those of the first language have nothing before them */
function siteOf({ publicUrl, language }: SiteParts): string {
  const words = wordsFor(language);
  return words === MAIL_LANGUAGES[0] ? publicUrl : `${publicUrl}/${words.language}`;
}

/** Where visitors write to the academy. */
export function contactLink(parts: SiteParts): string {
  return `${siteOf(parts)}/contact`;
}

/** The page of a course, for everybody. */
export function courseLink(parts: SiteParts, slug: string): string {
  return `${siteOf(parts)}/courses/${encodeURIComponent(slug)}`;
}

/** Opens a booking for whoever has it: to see, change and cancel it. */
export function bookingLink(
  parts: LinkParts,
  booking: { readonly id: string; readonly reference: string },
): string {
  const key = parts.accessKeys.keyFor("booking", booking.id);
  return `${siteOf(parts)}/bookings/${booking.reference}#key=${key}`;
}

/** Names the learner of one place. Worthless once the registration has another claim version. */
export function claimLink(
  parts: LinkParts,
  registration: { readonly id: string; readonly claimVersion: number },
): string {
  const { id, claimVersion } = registration;
  const key = parts.accessKeys.keyFor("claim", `${id}:${claimVersion}`);
  return `${siteOf(parts)}/claim#${id}.${claimVersion}.${key}`;
}

/**
 * Where the learner of a place comes to its sessions online: it leads in once they begin. Worthless once somebody else has the
 * place.
 */
export function joinLink(
  parts: LinkParts,
  registration: { readonly id: string; readonly claimVersion: number },
): string {
  const { id, claimVersion } = registration;
  const key = parts.accessKeys.keyFor("join", `${id}:${claimVersion}`);
  return `${siteOf(parts)}/join#${id}.${claimVersion}.${key}`;
}

/** The same without a key, for who is signed in: so it may stand where it is kept as it is, such as in a calendar. */
export function joinPage(parts: SiteParts, runId: string): string {
  return `${siteOf(parts)}/join?run=${runId}`;
}

/** Shows a place in a waiting list, and accepts, declines or leaves it. */
export function waitlistLink(parts: LinkParts, entryId: string): string {
  return `${siteOf(parts)}/waitlist#${entryId}.${parts.accessKeys.keyFor("waitlist", entryId)}`;
}

/** Shows a quote, and accepts or declines it. */
export function quoteLink(parts: LinkParts, quoteId: string): string {
  return `${siteOf(parts)}/quote#${quoteId}.${parts.accessKeys.keyFor("quote", quoteId)}`;
}

/** Where staff work with an enquiry: it holds no key. */
export function officeEnquiryLink(parts: SiteParts, enquiryId: string): string {
  return `${siteOf(parts)}/office/enquiries/${enquiryId}`;
}

/** Approves or refuses a booking of one's company. */
export function approvalLink(
  parts: LinkParts,
  booking: { readonly id: string; readonly reference: string },
): string {
  return `${siteOf(parts)}/approve#${booking.reference}.${parts.accessKeys.keyFor("approval", booking.id)}`;
}

/** Pages of accounts that hold no key: whoever opens them signs in. */
const ACCOUNT_PAGES = {
  signIn: "/sign-in",
  forgottenPassword: "/forgotten-password",
  security: "/account/security",
  privacy: "/account/privacy",
} as const;

export function accountLink(parts: SiteParts, page: keyof typeof ACCOUNT_PAGES): string {
  return `${siteOf(parts)}${ACCOUNT_PAGES[page]}`;
}

/** Where the links of one-time tokens lead to, by what the tokens are good for. */
const ONE_TIME_PAGES = {
  verify_email: "/account/verify",
  reset_password: "/account/reset-password",
  change_email: "/account/change-email",
  invitation: "/account/invitation",
} as const;

/** What is sent as a link, of all that is good once. */
export type LinkedKind = keyof typeof ONE_TIME_PAGES;

/** Does once what its token is good for, for whoever has it. */
export function oneTimeLink(
  parts: LinkParts,
  token: { readonly id: string; readonly kind: LinkedKind },
): string {
  return `${siteOf(parts)}${ONE_TIME_PAGES[token.kind]}#${token.id}.${parts.accessKeys.keyFor("one_time", token.id)}`;
}
