import type { WaitlistState } from "@lectern/contract/live";
import type { WaitlistEntryDetail } from "@lectern/contract/waitlist";

type Entry = WaitlistEntryDetail;

/** What a state of the stream means for the entry as it was read. */
export type Change =
  /** Nothing: what was read stays, and an offer's time is counted from when that was. */
  | { readonly kind: "none" }
  /** It has to be read again: the stream tells of an offer and an end, and not all about them. */
  | { readonly kind: "unread" }
  | { readonly kind: "moved"; readonly entry: Entry };

/** @returns what has changed since the entry was read */
export function changeOf(entry: Entry, state: WaitlistState): Change {
  const { offer, status, position } = entry;
  const isUnread =
    status !== state.status ||
    (offer?.quantity ?? null) !== state.offeredQuantity ||
    (offer?.expiresAt ?? null) !== state.offerExpiresAt;
  if (isUnread) return { kind: "unread" };
  if (position === state.position) return { kind: "none" };
  const partiesBefore = state.position === null ? null : state.position - 1;
  return { kind: "moved", entry: { ...entry, position: state.position, partiesBefore } };
}

/** What is worth telling whoever listens to the page. */
export type StandingNews =
  | { readonly kind: "position"; readonly position: number }
  | { readonly kind: "offered"; readonly count: number }
  | { readonly kind: "ended" };

/** @returns what has happened between two states of an entry; `undefined` where that is nothing */
export function standingNews(
  before: Pick<WaitlistState, "status" | "position">,
  after: WaitlistState,
): StandingNews | undefined {
  if (after.status === "offered") {
    if (before.status === "offered") return undefined;
    return { kind: "offered", count: after.offeredQuantity ?? 1 };
  }
  if (after.status === "waiting") {
    if (after.position === null || after.position === before.position) return undefined;
    return { kind: "position", position: after.position };
  }
  return before.status === after.status ? undefined : { kind: "ended" };
}
