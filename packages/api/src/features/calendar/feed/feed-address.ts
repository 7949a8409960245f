import type { AccessKeys } from "@lectern/auth/access-key";
import { Id } from "@lectern/contract/primitives";
import type { Auth, Browser } from "../../../trpc/context.ts";

/** Before the secret part of an address. */
export const FEED_PATH = "/calendar/";

/** What an address needs to be made. */
export interface FeedAddressParts {
  readonly auth: Pick<Auth, "publicUrl">;
  readonly browser: Pick<Browser, "origin">;
}

/**
 * Calendar programs show nothing but an address, so that the key stands in it. It is derived from the feed's id: a
 * stolen database holds none, and its owner can be shown it again.
 *
 * @returns the secret address of a feed
 */
export function feedAddress(
  { auth, browser }: FeedAddressParts,
  accessKeys: Pick<AccessKeys, "keyFor">,
  feedId: string,
): string {
  const site = auth.publicUrl ?? browser.origin;
  return `${site}${FEED_PATH}${feedId}.${accessKeys.keyFor("calendar", feedId)}.ics`;
}

const FORM = /^(?<id>[^.]{36})\.(?<key>[A-Za-z0-9_-]{43})(?:\.ics)?$/u;

/**
 * @param secret what stands in an address behind `FEED_PATH`
 * @returns the id of the feed, if it came with its key; nothing has been looked up for that
 */
export function feedIdIn(
  accessKeys: Pick<AccessKeys, "isKeyFor">,
  secret: string,
): string | undefined {
  const { id, key } = FORM.exec(secret)?.groups ?? {};
  const feedId = Id.safeParse(id).data?.toLowerCase();
  if (feedId === undefined || key === undefined) return undefined;
  return accessKeys.isKeyFor("calendar", feedId, key) ? feedId : undefined;
}
