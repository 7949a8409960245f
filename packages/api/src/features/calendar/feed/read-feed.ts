import type { AccessKeys } from "@lectern/auth/access-key";
import { countAttempt } from "@lectern/auth/throttle";
import type { Database } from "@lectern/database/queryable";
import { type FeedEvent, calendarFeed } from "../../notifications/calendar/calendar-feed.ts";
import { wordsFor } from "../../notifications/letters/write-letter.ts";
import type { Words } from "../../notifications/letters/words.ts";
import { courseLink, joinPage } from "../../notifications/links.ts";
import { feedIdIn } from "./feed-address.ts";
import {
  type LearningRow,
  type TeachingRow,
  findFeedOwner,
  noteFeedRead,
  readOwnSessions,
} from "./feed-rows.ts";

/** A program that looks every minute, and several of one owner that begin at once. */
const RATE = { burst: 60, everySeconds: 20 };

/** Not the host's name, which may change while entries stay (RFC 7986, section 5.3). */
const UID_DOMAIN = "lectern";

export interface FeedParts {
  readonly accessKeys: AccessKeys;
  readonly academy: string;
  /** Where visitors reach the site, without a slash at the end. */
  readonly site: string;
}

/** What a calendar program gets that has asked for an address. */
export type FeedAnswer =
  | { readonly kind: "calendar"; readonly feedId: string; readonly content: string }
  /** Wrong, withdrawn, or of somebody who may not sign in: which, is not told. */
  | { readonly kind: "unknown"; readonly hasKey: boolean }
  | { readonly kind: "too_often"; readonly retryAfterSeconds: number };

/**
 * Reads somebody's calendar by its secret address: their sessions ahead and of the last months, and those that they
 * teach. Places in waiting lists are none. Where they meet online is not in it: a calendar is copied to many places.
 *
 * @param secret what stands in the address behind `FEED_PATH`
 */
export async function readFeed(
  db: Database,
  parts: FeedParts,
  secret: string,
): Promise<FeedAnswer> {
  const feedId = feedIdIn(parts.accessKeys, secret);
  if (feedId === undefined) return { kind: "unknown", hasKey: false };
  const found = await findFeedOwner(db, feedId);
  if (found === undefined) return { kind: "unknown", hasKey: true };
  const wait = await countAttempt(db, { name: "calendar.feed", subject: feedId, rate: RATE });
  if (wait > 0) return { kind: "too_often", retryAfterSeconds: wait };
  const words = wordsFor(found.language);
  const { learned, taught } = await readOwnSessions(db, found.personId, words.language);
  if (found.isToBeNoted) await noteFeedRead(db, feedId);
  const events = [
    ...learned.map((row) => learnersEvent(parts, words, row)),
    ...taught.map((row) => instructorsEvent(parts, words, row)),
  ];
  const name = words.calendar.name(parts.academy);
  return { kind: "calendar", feedId, content: calendarFeed(name, events) };
}

function learnersEvent(parts: FeedParts, words: Words, row: LearningRow): FeedEvent {
  const isCancelled = row.status === "cancelled" || row.runStatus === "cancelled";
  const isCertain = row.status !== "reserved" && row.runStatus !== "tentative";
  const status = isCancelled ? "CANCELLED" : isCertain ? "CONFIRMED" : "TENTATIVE";
  return {
    ...eventOf(parts, words, row, words.calendar.booked(row.reference)),
    uid: `${row.rootId}.${row.position}@${UID_DOMAIN}`,
    // Newer than what it cancels, and older than what may come after it.
    sequence: isCancelled ? row.sequence + 1 : row.sequence,
    status,
  };
}

function instructorsEvent(parts: FeedParts, words: Words, row: TeachingRow): FeedEvent {
  const isCancelled = row.runStatus === "cancelled";
  const isCertain = row.runStatus !== "tentative";
  const event = eventOf(parts, words, row, null);
  return {
    ...event,
    summary: words.calendar.teaching(event.summary),
    uid: `${row.runId}.${row.position}.teaching@${UID_DOMAIN}`,
    sequence: row.sequence,
    status: isCancelled ? "CANCELLED" : isCertain ? "CONFIRMED" : "TENTATIVE",
  };
}

function eventOf(
  parts: FeedParts,
  words: Words,
  row: Omit<TeachingRow, "sequence">,
  about: string | null,
): Omit<FeedEvent, "uid" | "sequence" | "status"> {
  const links = { publicUrl: parts.site, language: words.language };
  const place = [row.roomName, row.venueName, row.venueStreet, row.venueCity];
  const page = row.isOnline ? joinPage(links, row.runId) : courseLink(links, row.slug);
  return {
    summary:
      row.sessions > 1 ? words.calendar.session(row.title, row.position, row.sessions) : row.title,
    description: [about, row.isOnline ? words.calendar.join(page) : null]
      .filter((part) => part !== null)
      .join("\n"),
    location: row.isOnline
      ? words.calendar.online
      : place.filter((part) => part !== null).join(", "),
    url: page,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    timeZone: row.timeZone,
    changedAt: row.changedAt,
  };
}
