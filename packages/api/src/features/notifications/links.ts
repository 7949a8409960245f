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

/** The page of a course, for everybody. */
export function courseLink({ publicUrl }: LinkParts, slug: string): string {
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
