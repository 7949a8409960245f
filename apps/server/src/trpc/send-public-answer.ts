import type { FastifyReply, FastifyRequest } from "fastify";
import { isKnown, takesBrotli } from "../negotiation.ts";
import { endOfTurn } from "./end-of-turn.ts";
import type { PublicAnswer } from "./public-answers.ts";
import { writeAnswer } from "./write-answer.ts";

/** Whoever keeps it asks whether it is still true, and is told in few bytes. */
export const PUBLIC_CACHE_CONTROL = "public, no-cache";

const VARY = "trpc-accept, accept, accept-encoding";

/** Sends an answer that is the same for everybody, or that it still is what the caller has. */
export async function sendPublicAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: PublicAnswer,
): Promise<void> {
  const { etag } = answer;
  const headers = { vary: VARY, "cache-control": PUBLIC_CACHE_CONTROL, etag };
  if (isKnown(request.headers["if-none-match"], etag)) {
    writeAnswer(reply, 304, headers);
    return;
  }
  const compressed = takesBrotli(request.headers["accept-encoding"])
    ? await answer.compressed()
    : undefined;
  await endOfTurn();
  const ofBody = {
    ...headers,
    "content-type": "application/json",
    ...(compressed !== undefined && { "content-encoding": "br" }),
  };
  writeAnswer(reply, 200, ofBody, compressed ?? answer.body);
}
