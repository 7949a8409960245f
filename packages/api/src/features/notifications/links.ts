import type { AccessKeys } from "@lectern/auth/access-key";

/**
 * Addresses that mails carry. A key stands after the `#`: what follows it never leaves the browser, so
 * that it is in no log on the way.
 */
export interface LinkParts {
  /** Where visitors reach the site, without a slash at the end. */
  readonly publicUrl: string;
  /** Makes keys, or what stands for them in a mail that is kept. */
  readonly accessKeys: Pick<AccessKeys, "keyFor">;
}

/** Where visitors write to the academy. */
export function contactLink({ publicUrl }: LinkParts): string {
  return `${publicUrl}/contact`;
}

/** The page of a course, for everybody. */
export function courseLink({ publicUrl }: Pick<LinkParts, "publicUrl">, slug: string): string {
  return `${publicUrl}/courses/${encodeURIComponent(slug)}`;
}

/** Opens a booking for whoever has it: to see, change and cancel it. */
export function bookingLink(
  { publicUrl, accessKeys }: LinkParts,
  booking: { readonly id: string; readonly reference: string },
): string {
  const key = accessKeys.keyFor("booking", booking.id);
  return `${publicUrl}/bookings/${booking.reference}#key=${key}`;
}

/** Names the learner of one place. Worthless once the registration has another claim version. */
export function claimLink(
  { publicUrl, accessKeys }: LinkParts,
  registration: { readonly id: string; readonly claimVersion: number },
): string {
  const { id, claimVersion } = registration;
  const key = accessKeys.keyFor("claim", `${id}:${claimVersion}`);
  return `${publicUrl}/claim#${id}.${claimVersion}.${key}`;
}

/**
 * Where the learner of a place comes to its sessions online: it leads in once they begin. Worthless once somebody else has the
 * place.
 */
export function joinLink(
  { publicUrl, accessKeys }: LinkParts,
  registration: { readonly id: string; readonly claimVersion: number },
): string {
  const { id, claimVersion } = registration;
  const key = accessKeys.keyFor("join", `${id}:${claimVersion}`);
  return `${publicUrl}/join#${id}.${claimVersion}.${key}`;
}

/** The same without a key, for who is signed in: so it may stand where it is kept as it is, such as in a calendar. */
export function joinPage({ publicUrl }: Pick<LinkParts, "publicUrl">, runId: string): string {
  return `${publicUrl}/join?run=${runId}`;
}

/** Shows a place in a waiting list, and accepts, declines or leaves it. */
export function waitlistLink({ publicUrl, accessKeys }: LinkParts, entryId: string): string {
  return `${publicUrl}/waitlist#${entryId}.${accessKeys.keyFor("waitlist", entryId)}`;
}

/** Approves or refuses a booking of one's company. */
export function approvalLink(
  { publicUrl, accessKeys }: LinkParts,
  booking: { readonly id: string; readonly reference: string },
): string {
  return `${publicUrl}/approve#${booking.reference}.${accessKeys.keyFor("approval", booking.id)}`;
}

/** Pages of accounts that hold no key: whoever opens them signs in. */
const ACCOUNT_PAGES = {
  signIn: "/sign-in",
  forgottenPassword: "/forgotten-password",
  security: "/account/security",
  privacy: "/account/privacy",
} as const;

export function accountLink({ publicUrl }: LinkParts, page: keyof typeof ACCOUNT_PAGES): string {
  return `${publicUrl}${ACCOUNT_PAGES[page]}`;
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
  { publicUrl, accessKeys }: LinkParts,
  token: { readonly id: string; readonly kind: LinkedKind },
): string {
  return `${publicUrl}${ONE_TIME_PAGES[token.kind]}#${token.id}.${accessKeys.keyFor("one_time", token.id)}`;
}
