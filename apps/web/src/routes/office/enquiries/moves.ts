import {
  ENQUIRY_MOVES,
  type EnquiriesListOutput,
  type EnquiryListItem,
} from "@lectern/contract/enquiries";
import type { EnquiryKind, EnquiryStatus } from "@lectern/contract/vocabulary";
import type { InfiniteData } from "@tanstack/react-query";
import type { z } from "zod";

type Page = z.infer<typeof EnquiriesListOutput>;

/** A list of enquiries as far as it is loaded. */
export type Shown = InfiniteData<Page, string | null>;

/** What a list was asked for. */
export interface Asked {
  readonly statuses?: readonly EnquiryStatus[] | null | undefined;
  readonly kinds?: readonly EnquiryKind[] | null | undefined;
  readonly query?: string | null | undefined;
  readonly course?: string | null | undefined;
}

/** @returns where an enquiry can go from its state, in the order of the board */
export function movesOf(status: EnquiryStatus): readonly EnquiryStatus[] {
  return ENQUIRY_MOVES[status];
}

/**
 * @returns the states through which a move can be taken back, the last being where it came from; `undefined` where
 *   there is no way back
 */
export function wayBack(from: EnquiryStatus, to: EnquiryStatus): EnquiryStatus[] | undefined {
  if (movesOf(to).includes(from)) return [from];
  // What was taken for spam turns out to be none, and then goes on as before.
  if (to === "spam" && movesOf("new").includes(from)) return ["new", from];
  return undefined;
}

/** Whether something is wanted by a filter that lets everything through without any choice. */
function isWanted<Value>(choices: readonly Value[] | null | undefined, value: Value): boolean {
  return choices == null || choices.length === 0 || choices.includes(value);
}

/** @returns whether a list has an enquiry, as far as it is loaded */
export function isListed(shown: Shown, id: string): boolean {
  return shown.pages.some((page) => page.items.some((item) => item.id === id));
}

/** Newest first, as the API has it. */
function isBefore(one: EnquiryListItem, other: EnquiryListItem): boolean {
  if (one.createdAt !== other.createdAt) return one.createdAt > other.createdAt;
  return one.id > other.id;
}

function counted(shown: Shown, by: 1 | -1): Shown {
  return { ...shown, pages: shown.pages.map((page) => ({ ...page, total: page.total + by })) };
}

function inserted(shown: Shown, enquiry: EnquiryListItem): Shown {
  const { pages } = shown;
  const at = pages.findIndex(({ items, nextCursor }) => {
    const last = items.at(-1);
    return nextCursor === null || (last !== undefined && isBefore(enquiry, last));
  });
  const page = pages[at];
  // It stands further on than what is loaded.
  if (page === undefined) return shown;
  const place = page.items.findIndex((item) => isBefore(enquiry, item));
  const items = page.items.toSpliced(place < 0 ? page.items.length : place, 0, enquiry);
  return { ...shown, pages: pages.with(at, { ...page, items }) };
}

/**
 * @param shown a list
 * @param asked what it was asked for
 * @param enquiry as it is now, or will be
 * @param texts those that it is known to be found by
 * @returns the list as it is then: with the enquiry where it belongs
 */
export function withEnquiry(
  shown: Shown,
  asked: Asked,
  enquiry: EnquiryListItem,
  texts: ReadonlySet<string>,
): Shown {
  const { id, status, kind, course } = enquiry;
  if (isListed(shown, id)) {
    const stays = isWanted(asked.statuses, status);
    const changed: Shown = {
      ...shown,
      pages: shown.pages.map((page) => ({
        ...page,
        items: page.items.flatMap((item) => (item.id !== id ? [item] : stays ? [enquiry] : [])),
      })),
    };
    return stays ? changed : counted(changed, -1);
  }
  const belongs =
    isWanted(asked.statuses, status) &&
    isWanted(asked.kinds, kind) &&
    (asked.course == null || asked.course === course?.slug) &&
    (asked.query == null || texts.has(asked.query));
  return belongs ? counted(inserted(shown, enquiry), 1) : shown;
}
