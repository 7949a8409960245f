import type { CalendarFeed, CalendarFeedAddress } from "@lectern/contract/calendar";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { calendarFeed } from "@lectern/database/schema/people";
import { eq } from "drizzle-orm";
import { notFound } from "../../../domain-error.ts";
import type { PersonCall } from "../../people/accounts/person-call.ts";
import { type FeedAddressParts, feedAddress } from "./feed-address.ts";

const feedOf = prepared("calendar.feed", { personId: calendarFeed.personId }, (q, $) =>
  q.select().from(calendarFeed).where(eq(calendarFeed.personId, $.personId)),
);

/** @returns whether whoever is signed in has a secret address, and when it was read last */
export async function findFeed(db: Database, { actor }: PersonCall): Promise<CalendarFeed> {
  const found = await feedOf.first(db, { personId: actor.id });
  if (found === undefined) return { feed: null };
  return {
    feed: {
      createdAt: found.createdAt.toISOString(),
      lastReadAt: found.lastReadAt?.toISOString() ?? null,
    },
  };
}

/**
 * The address again, for who has just shown that it is them: a calendar is subscribed to on one device after another,
 * and another address would end it on those that have it.
 *
 * @throws NotFound where there is none
 */
export async function showFeedAddress(
  db: Database,
  { actor, accessKeys }: PersonCall,
  parts: FeedAddressParts,
): Promise<CalendarFeedAddress> {
  const found = await feedOf.first(db, { personId: actor.id });
  if (found === undefined) throw notFound("calendar_feed", actor.id);
  return { address: feedAddress(parts, accessKeys, found.id) };
}
