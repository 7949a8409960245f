import { type Socket, connect } from "node:net";

/**
 * A process of many viewers: each has a connection of its own and reads its event stream. Forked with an
 * IPC channel; says what they have seen when it is asked.
 */

/** From the test: open so many viewers, or say when all have seen so many places left. */
export type ViewersOrder =
  | {
      readonly kind: "open";
      readonly port: number;
      readonly address: string;
      readonly count: number;
    }
  | { readonly kind: "await"; readonly placesLeft: number };

/** To the test: all viewers have been told so many places. */
export interface ViewersSaw {
  readonly placesLeft: number;
  /** When the last one was, on the clock of performance.timeOrigin. */
  readonly at: number;
  /** Events that all viewers were told so far. */
  readonly events: number;
  /** Viewers whose connection is gone, and those that were told more places after fewer. */
  readonly lost: number;
  readonly disordered: number;
}

const PLACES = /"placesLeft":(\d+)/gu;
/** Connections that are being opened at a time: a server's queue of new ones is not endless. */
const OPENING = 100;

const newest: number[] = [];
const counts = { events: 0, lost: 0, disordered: 0 };
let awaited: number | undefined;
let reached = 0;

function now(): number {
  return performance.timeOrigin + performance.now();
}

function see(viewer: number, placesLeft: number): void {
  const before = newest[viewer] ?? Infinity;
  counts.events += 1;
  if (placesLeft >= before) counts.disordered += 1;
  newest[viewer] = placesLeft;
  if (placesLeft === awaited) {
    reached += 1;
    report();
  }
}

function report(): void {
  if (awaited === undefined || reached < newest.length) return;
  const saw: ViewersSaw = { placesLeft: awaited, at: now(), ...counts };
  process.send?.(saw);
  awaited = undefined;
}

function awaitPlaces(placesLeft: number): void {
  awaited = placesLeft;
  reached = newest.filter((places) => places === placesLeft).length;
  report();
}

/** Opens one viewer. @returns once it was told something */
function open(viewer: number, port: number, address: string): Promise<void> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, "127.0.0.1");
    let rest = "";
    socket.setEncoding("utf8");
    socket.on("error", () => {});
    socket.on("close", () => {
      counts.lost += 1;
    });
    socket.on("data", (chunk) => {
      const text = rest + String(chunk);
      const end = text.lastIndexOf("\n\n");
      if (end >= 0) {
        for (const [, places] of text.slice(0, end).matchAll(PLACES)) see(viewer, Number(places));
        if (newest[viewer] !== undefined) resolve();
      }
      rest = text.slice(end + 1);
    });
    socket.write(`GET ${address} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n`);
  });
}

async function openAll(port: number, address: string, count: number): Promise<void> {
  let next = 0;
  async function openSome(): Promise<void> {
    while (next < count) {
      const viewer = next;
      next += 1;
      await open(viewer, port, address);
    }
  }
  await Promise.all(Array.from({ length: OPENING }, openSome));
}

process.on("message", (order: ViewersOrder) => {
  if (order.kind === "await") awaitPlaces(order.placesLeft);
  else {
    void openAll(order.port, order.address, order.count).then(() => {
      const [placesLeft = 0] = newest;
      awaitPlaces(placesLeft);
    });
  }
});
