import { type LecternClient, newIdempotencyKey, safe } from "@lectern/client";
import { demand } from "../support/trial.ts";
import { runAll } from "./attempts.ts";

export interface Repeated {
  readonly requests: number;
  readonly sent: number;
}

/** Sent most often at once. */
const MOST = 5;

/**
 * Sends each of so many requests one to five times in parallel, to whichever servers, for places of
 * several runs.
 *
 * @throws TrialFailed when the answers to one request differ, or one is refused
 */
export async function repeatAll(
  clients: readonly LecternClient[],
  runIds: readonly string[],
  requests: number,
): Promise<Repeated> {
  let sent = 0;
  await runAll(requests, async (index) => {
    const runId = runIds[index % runIds.length] ?? "";
    const input = { runId, places: 1 + (index % 2), idempotencyKey: newIdempotencyKey() };
    const times = 1 + Math.floor(Math.random() * MOST);
    sent += times;
    const answers = await Promise.all(
      Array.from({ length: times }, (_, copy) => {
        const client = clients[(index + copy) % clients.length];
        if (client === undefined) throw new TypeError("There is no server to ask");
        return safe(client.bookings.hold.mutate(input));
      }),
    );
    const references = new Set(
      answers.map((answer) => (answer.ok ? answer.data.reference : answer.error.code)),
    );
    const [reference = "nothing"] = references;
    demand(
      references.size === 1 && reference.startsWith("LC-"),
      `One request was answered with ${[...references].join(" and ")}`,
    );
  });
  return { requests, sent };
}
