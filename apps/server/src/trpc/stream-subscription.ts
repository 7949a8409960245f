import { appRouter } from "@lectern/api/app-router";
import type { RequestContext } from "@lectern/api/trpc/context";
import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  isTrackedEnvelope,
  TRPCError,
} from "@trpc/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { queryOf } from "../query-string.ts";
import { EventStream, type StreamEvent } from "./event-stream.ts";
import type { Heartbeat } from "./heartbeat.ts";

/**
 * Subscriptions as server-sent events. tRPC's stock adapter takes each event through half a dozen web
 * streams, which costs four times the memory and the work of this (docs/decisions/own-event-streams.md).
 * What goes over the wire is the same; a test compares.
 */

export interface SubscriptionRequest {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Full name of the procedure. */
  readonly path: string;
  readonly context: RequestContext;
  readonly heartbeat: Heartbeat;
  /** After so long without a sign of life, clients should come back on a new connection. Milliseconds. */
  readonly inactivityMs: number;
  readonly onError: (failed: { error: TRPCError; path: string }) => void;
}

const Query = z.object({ input: z.string().optional(), lastEventId: z.string().optional() });
const Fields = z.looseObject({});

/** The input as tRPC's adapter gives it to a subscription: with the id of the last event in it. */
function inputOf(request: FastifyRequest): unknown {
  const query = Query.safeParse(queryOf(request)).data;
  const header = request.headers["last-event-id"];
  const lastEventId = typeof header === "string" ? header : query?.lastEventId;
  const input = query?.input === undefined ? undefined : parseJson(query.input);
  if (lastEventId === undefined || lastEventId === "") return input;
  const fields = Fields.safeParse(input ?? {});
  return fields.success ? { ...fields.data, lastEventId } : input;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : "Invalid input";
    throw new TRPCError({ code: "BAD_REQUEST", message, cause });
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

function eventOf(value: unknown): StreamEvent {
  return isTrackedEnvelope(value)
    ? { id: value[0], data: JSON.stringify(value[1]) }
    : { data: JSON.stringify(value) };
}

/**
 * Answers a request with what a subscription tells, until it is complete, fails, or the client has gone.
 *
 * @returns whether it ended because the client has gone
 */
export async function streamSubscription(options: SubscriptionRequest): Promise<boolean> {
  const { request, reply, path, context, heartbeat, inactivityMs } = options;
  const left = new AbortController();
  reply.raw.once("close", () => left.abort());
  reply.hijack();
  const stream = new EventStream(reply.raw);
  let stopPings = () => {};

  async function tell(): Promise<void> {
    const told: unknown = await callTRPCProcedure({
      router: appRouter,
      path,
      type: "subscription",
      getRawInput: () => Promise.resolve(inputOf(request)),
      ctx: context,
      signal: left.signal,
      batchIndex: 0,
    });
    if (!isAsyncIterable(told)) throw new TypeError(`${path} tells nothing that can be iterated`);
    open();
    for await (const value of told) {
      stream.write(eventOf(value));
      await stream.drained();
    }
    stream.write({ event: "return", data: "" });
  }

  function open(): void {
    if (reply.raw.headersSent) return;
    stream.open(reply.getHeaders());
    const data = JSON.stringify({ reconnectAfterInactivityMs: inactivityMs });
    stream.write({ event: "connected", data });
    stopPings = heartbeat.add(stream);
  }

  try {
    await tell();
  } catch (cause) {
    // By that name tRPC knows what breaks off: the client shall come back, to another instance perhaps.
    const isCutOff = cause instanceof Error && cause.name === "AbortError";
    if (!isCutOff && !left.signal.aborted) {
      const error = getTRPCErrorFromUnknown(cause);
      options.onError({ error, path });
      open();
      const config = appRouter._def._config;
      const shape = {
        config,
        error,
        type: "subscription",
        path,
        input: undefined,
        ctx: context,
      } as const;
      stream.write({ event: "serialized-error", data: JSON.stringify(getTRPCErrorShape(shape)) });
    }
  } finally {
    stopPings();
  }
  const hasLeft = left.signal.aborted;
  stream.end();
  return hasLeft;
}
