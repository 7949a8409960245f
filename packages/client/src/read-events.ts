import { type EventSourceMessage, createParser } from "eventsource-parser";
import { type FailureDetails, LecternTimeoutError } from "./errors.ts";
import { ExchangeFailed, type HttpAnswer, NotSent, readAnswer } from "./http-answer.ts";
import type { OpenStream, StreamRequest } from "./stream-source.ts";
import { MAX_TIMER_MS } from "./wait.ts";

/** Longest event that is taken in, in characters: what is longer is none of Lectern's. */
const MAX_EVENT_LENGTH = 2 ** 20;

/** Fails like tRPC's links do, so that the errors of calls and of streams are told apart in one place. */
export class StreamFault extends Error {
  override readonly name = "TRPCClientError";
  /** What the server said, if it did. */
  readonly shape: unknown;
  readonly meta: unknown;

  constructor(message: string, fault: { shape?: unknown; cause?: unknown; response?: HttpAnswer }) {
    super(message, { cause: fault.cause });
    this.shape = fault.shape;
    this.meta = { response: fault.response };
  }
}

/** An error as the server tells it, in an answer or in an event. */
export function faultTold(told: unknown, response?: HttpAnswer): StreamFault {
  const message =
    typeof told === "object" && told !== null && "message" in told ? told.message : "";
  return new StreamFault(String(message), { shape: told, ...(response && { response }) });
}

/** What an answer says that is no stream. */
async function faultOf(response: Response): Promise<StreamFault> {
  const text = await response.text();
  try {
    const answer = readAnswer(response, text);
    const json = await answer.json();
    const told = typeof json === "object" && json !== null && "error" in json && json.error;
    return faultTold(told, answer);
  } catch (cause) {
    return new StreamFault("", { cause });
  }
}

/**
 * Reads the events of one connection (WHATWG HTML, 9.2), no faster than they are taken. Whoever stops
 * taking them closes it.
 *
 * @param patienceMs asked before each wait: how long it may take until something comes
 * @param sent what is known of the attempt
 * @throws StreamFault; LecternTimeoutError when nothing comes for too long
 */
export async function* readEvents(
  open: OpenStream,
  request: Omit<StreamRequest, "signal">,
  patienceMs: () => number,
  sent: FailureDetails,
  signal: AbortSignal | undefined,
): AsyncGenerator<EventSourceMessage, void, undefined> {
  const ending = new AbortController();
  const either = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;

  async function patiently<T>(promise: Promise<T>): Promise<T> {
    const ms = patienceMs();
    let isOverdue = false;
    function giveUp(): void {
      isOverdue = true;
      ending.abort();
    }
    const timer = ms > MAX_TIMER_MS ? undefined : setTimeout(giveUp, ms);
    try {
      return await promise;
    } catch (cause) {
      if (isOverdue) {
        throw new LecternTimeoutError(`${sent.procedure}: nothing came for ${ms} ms`, ms, sent);
      }
      const isUnsent = cause instanceof NotSent;
      throw new StreamFault("", {
        cause: isUnsent ? cause : new ExchangeFailed("no answer", { cause }),
      });
    } finally {
      clearTimeout(timer);
    }
  }

  try {
    const response = await patiently(open({ ...request, signal: either }));
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
    if (!response.ok || !isStream || response.body === null)
      throw await patiently(faultOf(response));
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    const events: EventSourceMessage[] = [];
    const parser = createParser({
      onEvent: (event) => events.push(event),
      maxBufferSize: MAX_EVENT_LENGTH,
    });
    for (;;) {
      const { done, value } = await patiently(reader.read());
      if (done) throw new StreamFault("", { cause: new ExchangeFailed("the stream broke off") });
      parser.feed(decoder.decode(value, { stream: true }));
      yield* events.splice(0);
    }
  } finally {
    ending.abort();
  }
}
