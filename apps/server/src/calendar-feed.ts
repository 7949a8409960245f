import { hash } from "node:crypto";
import { FEED_PATH } from "@lectern/api/features/calendar/feed/feed-address";
import { readFeed } from "@lectern/api/features/calendar/feed/read-feed";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isKnown } from "./negotiation.ts";
import { logRefusal } from "./request-log.ts";
import { CallLimits, type CallLimitOptions, DEFAULT_CALL_LIMITS } from "./trpc/call-limits.ts";
import type { ContextParts } from "./trpc/create-context.ts";

export interface CalendarFeedOptions extends Pick<ContextParts, "db" | "accessKeys" | "auth"> {
  readonly publicUrl: string | undefined;
  readonly callLimits?: CallLimitOptions;
}

/** The answer is nobody's page, and in nobody's index; whoever is led on from it is told nothing of the address. */
const HEADERS = {
  "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex, nofollow",
};

/**
 * Calendars at their secret addresses (iCalendar), for the programs that subscribe to them. All that is below `FEED_PATH`
 * comes here, so that nothing else sees such an address; lines of the log name the route alone.
 */
export function calendarFeedPlugin(
  app: FastifyInstance,
  options: CalendarFeedOptions,
  done: () => void,
): void {
  const { db, accessKeys, auth } = options;
  // Of addresses that are none. Programs that have one may ask from wherever many do.
  const wrong = new CallLimits(options.callLimits ?? DEFAULT_CALL_LIMITS);

  app.addHook("onRequest", (_request, reply, next) => {
    reply.headers(HEADERS);
    next();
  });

  app.get<{ Params: { "*": string } }>(`${FEED_PATH}*`, async (request, reply) => {
    const site = options.publicUrl ?? `${request.protocol}://${request.host}`;
    const parts = { accessKeys, academy: auth.academy, site };
    const answer = await readFeed(db, parts, request.params["*"]);
    switch (answer.kind) {
      case "calendar":
        return sendCalendar(request, reply, answer);
      case "too_often":
        return refuseForNow(request, reply, answer.retryAfterSeconds);
      case "unknown": {
        const wait = answer.hasKey ? 0 : wrong.count(request.ip, ["calendar.read"]);
        if (wait > 0) return refuseForNow(request, reply, wait);
        return say(reply.code(404), "There is no such calendar.");
      }
    }
  });
  done();
}

/** Sends a calendar, or that it still is what the program has. */
function sendCalendar(
  request: FastifyRequest,
  reply: FastifyReply,
  { feedId, content }: { readonly feedId: string; readonly content: string },
): FastifyReply {
  request.loggedActor = `calendar_feed:${feedId}`;
  const etag = `"${hash("sha256", content, "base64url").slice(0, 27)}"`;
  // Kept by the program that asked alone, which asks each time whether it is still good.
  reply.headers({ "cache-control": "private, no-cache", etag });
  if (isKnown(request.headers["if-none-match"], etag)) return reply.code(304).send();
  return reply
    .type("text/calendar; charset=utf-8")
    .header("content-disposition", 'inline; filename="trainings.ics"')
    .send(content);
}

function refuseForNow(request: FastifyRequest, reply: FastifyReply, seconds: number): FastifyReply {
  logRefusal(request, { procedure: "calendar.read", code: "RateLimited" });
  const message = `That is too often. Please wait ${seconds} seconds.`;
  return say(reply.code(429).header("retry-after", String(seconds)), message);
}

function say(reply: FastifyReply, message: string): FastifyReply {
  return reply
    .header("cache-control", "no-store")
    .type("text/plain; charset=utf-8")
    .send(`${message}\n`);
}
