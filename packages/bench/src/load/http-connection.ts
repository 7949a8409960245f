import { once } from "node:events";
import { type Socket, connect } from "node:net";
import { type Answer, AnswerReader } from "./answer-reader.ts";
import type { Headers } from "./messages.ts";

/** One keep-alive connection that asks one question at a time. */
export interface HttpConnection {
  /** @param request head and body @throws Error when the connection ends before the answer */
  ask(request: string): Promise<Answer>;
  close(): void;
}

/** @param origin such as `http://127.0.0.1:3000` */
export async function openConnection(origin: string): Promise<HttpConnection> {
  const { hostname, port } = new URL(origin);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, "connect");
  return converse(socket);
}

function converse(socket: Socket): HttpConnection {
  const reader = new AnswerReader();
  let waiting: PromiseWithResolvers<Answer> | undefined;

  function fail(error: Error): void {
    waiting?.reject(error);
    waiting = undefined;
    socket.destroy();
  }
  socket.on("error", fail);
  socket.on("close", () => {
    fail(new Error("The server closed a connection that waited for an answer"));
  });
  socket.on("data", (bytes: Buffer) => {
    try {
      for (const answer of reader.push(bytes)) {
        waiting?.resolve(answer);
        waiting = undefined;
      }
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });

  return {
    ask(request) {
      if (socket.destroyed)
        return Promise.reject(new Error("The server has closed the connection"));
      waiting = Promise.withResolvers<Answer>();
      socket.write(request);
      return waiting.promise;
    },
    close() {
      socket.destroy();
    },
  };
}

/** @returns a GET as it goes over the wire */
export function getRequest(origin: string, path: string, headers: Headers = {}): string {
  return `${headOf(`GET ${path}`, origin, headers)}\r\n`;
}

/** @returns a function that gives a POST of JSON as it goes over the wire */
export function postRequests(
  origin: string,
  path: string,
  headers: Headers = {},
): (body: unknown) => string {
  const head = headOf(`POST ${path}`, origin, { ...headers, "content-type": "application/json" });
  return (body) => {
    const text = JSON.stringify(body);
    return `${head}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  };
}

function headOf(asked: string, origin: string, headers: Headers): string {
  const lines = Object.entries({ host: new URL(origin).host, ...headers });
  return `${asked} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}`;
}
