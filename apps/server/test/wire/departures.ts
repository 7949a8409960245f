import { type Socket, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { JSON_TYPE } from "./calls.ts";
import { type Played, compareEntries } from "./compare.ts";
import { type Entry, ID_PREFIX } from "./ledger.ts";
import { CONTEXT_HEADER, type SpecimenServer } from "./specimen-server.ts";
import { type RequestOptions, requestOf } from "./variant.ts";

/** Clients that leave before they are answered. */

interface Departure {
  readonly name: string;
  readonly requests: readonly RequestOptions[];
  /** Bytes of the last request that are not sent. */
  readonly held?: number;
  readonly leaves: "for good" | "with a last word";
  /** Whether the server has begun with it. */
  readonly hasBegun: (entry: Entry) => boolean;
  /** Whether it has found out. */
  readonly hasEnded: (entry: Entry) => boolean;
  /** How many clients our handler finds gone. */
  readonly left: number;
}

const kept = { staysOpen: true } as const;
const post = { ...kept, method: "POST", headers: [JSON_TYPE], body: "{}" } as const;

function ran(...names: readonly string[]): (entry: Entry) => boolean {
  return (entry) => names.every((name) => entry.ran.includes(name));
}

function noted(count: number): (entry: Entry) => boolean {
  return (entry) => entry.noted.length >= count;
}

const DEPARTURES: readonly Departure[] = [
  ...["lasts", "lastsAndFails"].map((name) => ({
    name: `from the query ${name}`,
    requests: [{ ...kept, target: `/plain/${name}` }],
    leaves: "for good" as const,
    hasBegun: ran(name),
    hasEnded: noted(1),
    left: 1,
  })),
  {
    name: "from a query, having said all there is to say",
    requests: [{ ...kept, target: "/plain/lasts" }],
    leaves: "with a last word",
    hasBegun: ran("lasts"),
    hasEnded: noted(1),
    left: 1,
  },
  {
    name: "from a mutation",
    requests: [{ ...post, target: "/plain/lastsAndChanges" }],
    leaves: "for good",
    hasBegun: ran("lastsAndChanges"),
    hasEnded: noted(1),
    left: 1,
  },
  {
    name: "from a batch of which one is done",
    requests: [{ ...kept, target: "/plain/lasts,nothing,lastsAndFails,lasts?batch=1" }],
    leaves: "for good",
    hasBegun: ran("lasts", "nothing", "lastsAndFails"),
    hasEnded: noted(3),
    left: 1,
  },
  {
    name: "from a batch of mutations",
    requests: [{ ...post, target: "/domain/lastsAndChanges,lastsAndChanges?batch=1" }],
    leaves: "for good",
    hasBegun: ran("lastsAndChanges"),
    hasEnded: noted(2),
    left: 1,
  },
  {
    name: "and is answered all the same",
    requests: [{ ...kept, target: "/transformed/heedless" }],
    leaves: "for good",
    hasBegun: ran("heedless"),
    hasEnded: noted(1),
    left: 1,
  },
  {
    name: "and is answered all the same, in a batch",
    requests: [{ ...kept, target: "/plain/heedless,heedless?batch=1" }],
    leaves: "for good",
    hasBegun: ran("heedless"),
    hasEnded: noted(2),
    left: 1,
  },
  {
    name: "before there is a context",
    requests: [{ ...kept, target: "/plain/told", headers: [[CONTEXT_HEADER, "late"]] }],
    leaves: "for good",
    hasBegun: (entry) => entry.contexts === 1,
    hasEnded: ran("told"),
    left: 1,
  },
  {
    name: "before there is a context, which fails",
    requests: [{ ...kept, target: "/plain/told", headers: [[CONTEXT_HEADER, "failsLate"]] }],
    leaves: "for good",
    hasBegun: (entry) => entry.contexts === 1,
    hasEnded: (entry) => entry.told.length === 1,
    left: 1,
  },
  {
    name: "in the middle of what it asks",
    requests: [{ ...post, target: "/plain/change", body: '{"a":1}' }],
    held: 3,
    leaves: "for good",
    hasBegun: () => true,
    hasEnded: () => true,
    left: 0,
  },
  {
    name: "in the middle of a long answer",
    requests: [{ ...kept, target: "/plain/result.long,result.long,result.long?batch=1" }],
    leaves: "for good",
    hasBegun: ran("result.long"),
    hasEnded: () => true,
    left: 0,
  },
  {
    name: "from several requests, of which the first takes long",
    requests: [
      { ...kept, target: "/plain/lasts" },
      { ...kept, target: "/plain/nothing" },
    ],
    leaves: "for good",
    hasBegun: ran("lasts"),
    hasEnded: noted(1),
    left: 1,
  },
];

const PATIENCE_MS = 30_000;

async function until(holds: () => boolean): Promise<boolean> {
  const end = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > end) return false;
    await sleep(1);
  }
  return true;
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}

/**
 * Asks, and leaves.
 *
 * @param left how many clients the handler is to find gone
 * @returns what the server did, once it has found out
 */
async function leave(
  server: SpecimenServer,
  departure: Departure,
  id: string,
  left: number,
): Promise<Entry> {
  const { requests, held = 0, leaves, hasBegun, hasEnded } = departure;
  const entry = server.entryOf(id);
  const socket = await connected(server.port);
  let heard = 0;
  socket.on("data", (part: Buffer) => {
    heard += part.length;
  });
  socket.on("error", () => {});
  const bytes = requests.map((options) => requestOf(id, options)).join("");
  socket.write(bytes.slice(0, bytes.length - held), "latin1");
  if (!(await until(() => hasBegun(entry)))) entry.noted.push("never began");
  if (leaves === "for good") socket.destroy();
  else socket.end();
  const hasFoundOut = () => hasEnded(entry) && entry.left >= left;
  if (!(await until(hasFoundOut))) entry.noted.push("never found out");
  // What would be done too much is done by then.
  await sleep(30);
  if (leaves === "with a last word" && heard > 0) entry.noted.push("was answered");
  socket.destroy();
  return entry;
}

/** Leaves both servers in all ways. */
export async function depart(ours: SpecimenServer, stock: SpecimenServer): Promise<Played> {
  const all = await Promise.all(
    DEPARTURES.map(async (departure, index) => {
      const id = `${ID_PREFIX}departure-${index}`;
      const name = `leaves ${departure.name}`;
      const [our, other] = await Promise.all([
        leave(ours, departure, id, departure.left),
        leave(stock, departure, id, 0),
      ]);
      const differences = compareEntries(name, our, other);
      if (our.left !== departure.left) {
        const aspect = "how many had left";
        differences.push({ variant: name, aspect, ours: our.left, stock: departure.left });
      }
      return { name, served: our.served, differences };
    }),
  );
  return {
    names: all.map(({ name }) => name),
    served: all.reduce((sum, { served }) => sum + served, 0),
    differences: all.flatMap(({ differences }) => differences),
    unserved: [],
  };
}
