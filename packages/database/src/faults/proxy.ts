import { createServer, connect as dial, type Server, type Socket } from "node:net";

export interface Proxy extends AsyncDisposable {
  /** The database's address, by way of this proxy. */
  readonly url: string;
  /** Connections made so far. */
  readonly accepted: number;
  /** From now on nothing gets through in either direction, and no connection is closed: a cable that was cut. */
  blackHole(): void;
  /** New connections get through again; the ones in the hole stay in it. */
  restore(): void;
  /** Closes every connection, without a word from PostgreSQL. */
  cut(): void;
  /** Closes the next connection on which the client says that: before PostgreSQL hears of it, or once it has answered. */
  cutAt(text: string, moment: "before" | "after"): void;
}

/** A TCP proxy in front of a database, for the faults of a network. */
export async function startProxy(databaseUrl: string): Promise<Proxy> {
  const target = new URL(databaseUrl);
  const pairs = new Set<readonly [Socket, Socket]>();
  let accepted = 0;
  let isHole = false;
  let cutting: { readonly text: string; readonly moment: "before" | "after" } | undefined;

  const server = createServer((inbound) => {
    accepted++;
    inbound.on("error", () => {});
    if (isHole) {
      // Accepted by the kernel, answered by nobody.
      inbound.pause();
      pairs.add([inbound, inbound]);
      return;
    }
    const outbound = dial(Number(target.port), target.hostname);
    const pair = [inbound, outbound] as const;
    pairs.add(pair);
    outbound.on("error", () => {});
    let isDoomed = false;
    inbound.on("data", (chunk) => {
      if (cutting && chunk.includes(cutting.text)) {
        const { moment } = cutting;
        cutting = undefined;
        if (moment === "before") {
          inbound.destroy();
          outbound.destroy();
          return;
        }
        isDoomed = true;
      }
      outbound.write(chunk);
    });
    outbound.on("data", (chunk) => {
      if (isDoomed) inbound.destroy();
      else inbound.write(chunk);
    });
    inbound.on("close", () => outbound.destroy());
    outbound.on("close", () => inbound.destroy());
    inbound.on("close", () => pairs.delete(pair));
  });
  const port = await listen(server);
  const url = new URL(databaseUrl);
  url.port = String(port);

  function cut() {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    pairs.clear();
  }

  return {
    url: url.href,
    get accepted() {
      return accepted;
    },
    blackHole() {
      isHole = true;
      for (const pair of pairs) {
        for (const socket of pair) {
          socket.removeAllListeners("data");
          socket.removeAllListeners("close");
          socket.pause();
        }
      }
    },
    restore() {
      isHole = false;
    },
    cut,
    cutAt(text, moment) {
      cutting = { text, moment };
    },
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server that accepts connections and does what it is told with each, which is nothing PostgreSQL would do. */
export async function startImpostor(
  onConnection: (socket: Socket) => void,
): Promise<AsyncDisposable & { readonly url: string; readonly accepted: number }> {
  let accepted = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    accepted++;
    sockets.add(socket);
    socket.on("error", () => {});
    onConnection(socket);
  });
  const port = await listen(server);
  return {
    url: `postgres://nobody:nothing@127.0.0.1:${port}/none`,
    get accepted() {
      return accepted;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (!address || typeof address !== "object") throw new TypeError("Not listening");
  return address.port;
}
