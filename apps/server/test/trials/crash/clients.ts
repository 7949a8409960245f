import {
  type LecternClient,
  type LecternFailure,
  createClient,
  isLecternError,
  isLecternFailure,
  newIdempotencyKey,
} from "@lectern/client";
import type { Entry, Outcome } from "./history.ts";

/** A booking that a client knows of. */
interface Own {
  readonly reference: string;
  readonly accessKey: string;
  isConfirmed: boolean;
}

/** How often a client asks again what became of an operation before it gives up. */
const ASKS = 4;
const PAUSE_MS = 150;

export interface Customers {
  /** Everything that was done so far. */
  readonly history: Entry[];
  /** Lets everybody end what they are at. */
  stop(): Promise<void>;
}

/**
 * Sends so many customers to the servers, who hold, confirm and cancel, one thing after the other. When a
 * server does not answer, they ask the next one, with the same key; sometimes they just give up.
 *
 * @param urls of the servers, the dead ones too
 */
export function sendCustomers(
  urls: readonly string[],
  runIds: readonly string[],
  count: number,
): Customers {
  const history: Entry[] = [];
  let isOpen = true;
  const customers = Array.from({ length: count }, (_, index) => visit(index));

  async function visit(index: number): Promise<void> {
    const clients = urls.map((url) => createClient({ url, maxRetries: 0, timeoutMs: 8000 }));
    const own: Own[] = [];
    for (let turn = index; isOpen; turn += 1) {
      const mine = own[Math.floor(Math.random() * own.length)];
      const choice = Math.random();
      if (mine === undefined || choice < 0.55) await holdSome(clients, turn, own);
      else if (choice < 0.8 && !mine.isConfirmed) await confirm(clients, turn, mine);
      else await cancel(clients, turn, mine, own);
    }
  }

  async function holdSome(clients: readonly LecternClient[], turn: number, own: Own[]) {
    const runId = runIds[Math.floor(Math.random() * runIds.length)] ?? "";
    const input = {
      runId,
      places: 1 + Math.floor(Math.random() * 3),
      idempotencyKey: newIdempotencyKey(),
    };
    const { outcome, data } = await ask(clients, turn, (client) =>
      client.bookings.hold.mutate(input),
    );
    const { places, idempotencyKey: key } = input;
    history.push({ kind: "hold", key, outcome, runId, places, reference: data?.reference });
    if (data !== undefined) {
      own.push({ reference: data.reference, accessKey: data.accessKey, isConfirmed: false });
    }
  }

  async function confirm(clients: readonly LecternClient[], turn: number, mine: Own) {
    const { reference, accessKey } = mine;
    const idempotencyKey = newIdempotencyKey();
    const { outcome } = await ask(clients, turn, (client) =>
      client.bookings.confirm.mutate({
        reference,
        accessKey,
        // One booker may have so many places of a run: these are all different people.
        booker: { name: "A customer", email: `${reference.toLowerCase()}@example.com` },
        acceptsTerms: true,
        idempotencyKey,
      }),
    );
    history.push({ kind: "confirm", key: idempotencyKey, outcome, reference });
    mine.isConfirmed = outcome !== "refused";
  }

  async function cancel(clients: readonly LecternClient[], turn: number, mine: Own, own: Own[]) {
    const { reference, accessKey } = mine;
    const idempotencyKey = newIdempotencyKey();
    const { outcome } = await ask(clients, turn, (client) =>
      client.bookings.cancel.mutate({ reference, accessKey, idempotencyKey }),
    );
    history.push({ kind: "cancel", key: idempotencyKey, outcome, reference });
    own.splice(own.indexOf(mine), 1);
  }

  return {
    history,
    async stop() {
      isOpen = false;
      await Promise.all(customers);
    },
  };
}

/** Asks one server after the other until one says what became of it. */
async function ask<T>(
  clients: readonly LecternClient[],
  turn: number,
  call: (client: LecternClient) => Promise<T>,
): Promise<{ outcome: Outcome; data?: T }> {
  const asks = 1 + Math.floor(Math.random() * ASKS);
  for (let attempt = 0; attempt < asks; attempt += 1) {
    const client = clients[(turn + attempt) % clients.length];
    if (client === undefined) throw new TypeError("There is no server to ask");
    try {
      return { outcome: "ok", data: await call(client) };
    } catch (error) {
      if (!isLecternFailure(error)) throw error;
      if (isRefusal(error)) return { outcome: "refused" };
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
  return { outcome: "unknown" };
}

/** Whether the domain said no. A server without a database says nothing. */
function isRefusal(error: LecternFailure): boolean {
  return isLecternError(error) && error.code !== "Unavailable";
}
