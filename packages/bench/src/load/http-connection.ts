import { once } from "node:events";
import { type Socket, connect } from "node:net";
import { type Answer, AnswerReader } from "./answer-reader.ts";

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
export function getRequest(origin: string, path: string): string {
  return `GET ${path} HTTP/1.1\r\nhost: ${new URL(origin).host}\r\n\r\n`;
}

/** @returns a function that gives a POST of JSON as it goes over the wire */
export function postRequests(origin: string, path: string): (body: unknown) => string {
  const head = `POST ${path} HTTP/1.1\r\nhost: ${new URL(origin).host}\r\ncontent-type: application/json\r\ncontent-length: `;
  return (body) => {
    const text = JSON.stringify(body);
    return `${head}${Buffer.byteLength(text)}\r\n\r\n${text}`;
  };
}
