import { once } from "node:events";
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  createServer,
} from "node:http";
import type { WireErrorData } from "@lectern/api/trpc/errors";
import { MAX_BATCH_SIZE, REQUEST_ID_HEADER } from "@lectern/contract/cacheable";
import { type AnyTRPCRouter, TRPCError, initTRPC } from "@trpc/server";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";

/**
 * A server on the wire that Lectern's speaks, by the stock adapter, with procedures and faults of
 * the tests' own making.
 */

/** An error that a procedure answers with as the domain's, known to this release or not. */
class Refusal extends Error {
  readonly domain: { code: string; data: object };

  constructor(code: string, data: object) {
    super(`The domain says ${code}`);
    this.domain = { code, data };
  }
}

/** What a procedure throws to answer with a domain error. */
export function refusal(
  code: string,
  data: object,
  kind: TRPCError["code"] = "CONFLICT",
): TRPCError {
  return new TRPCError({ code: kind, cause: new Refusal(code, data) });
}

export const t = initTRPC
  .context<{ requestId: string | null; authorization: string | null }>()
  .create({
    errorFormatter({ shape, error, path, ctx }) {
      const data: WireErrorData<unknown> = {
        code: error.code,
        httpStatus: shape.data.httpStatus,
        path: path ?? null,
        requestId: ctx?.requestId ?? null,
        domain: error.cause instanceof Refusal ? error.cause.domain : null,
      };
      return { ...shape, message: error.cause?.message ?? shape.message, data };
    },
  });

/** Takes what it is given, as procedures of the tests do. */
export const anything = t.procedure.input((input: unknown) => input);

/** A request as the server saw it. */
export interface Seen {
  readonly method: string;
  /** Names of the procedures, in order. */
  readonly procedures: readonly string[];
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Resolves when the connection closed before the answer was sent. */
  readonly cutOff: Promise<void>;
}

/** What happens to a request on its way: it calls `serve`, or does something else to it. */
export type Intercept = (
  exchange: { request: IncomingMessage; response: ServerResponse; serve: () => void },
  number: number,
) => void;

export interface Academy extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly Seen[];
}

function header(value: string | string[] | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function seenOf(request: IncomingMessage, response: ServerResponse): Seen {
  const { method = "", url = "", headers } = request;
  const path = new URL(url, "http://academy").pathname;
  const cutOff = new Promise<void>((resolve) => {
    response.on("close", () => {
      if (!response.writableFinished) resolve();
    });
  });
  return { method, url, headers, procedures: path.replace("/trpc/", "").split(","), cutOff };
}

/**
 * Starts such a server.
 *
 * @param router its procedures, with the names of Lectern's
 * @param intercept gets each request, with its number from 1 on; by default all are served
 */
export async function startAcademy(
  router: AnyTRPCRouter,
  intercept: Intercept = ({ serve }) => serve(),
): Promise<Academy> {
  const seen: Seen[] = [];
  const handle = createHTTPHandler({
    basePath: "/trpc/",
    router,
    allowMethodOverride: true,
    maxBatchSize: MAX_BATCH_SIZE,
    createContext: ({ req }) => ({
      requestId: header(req.headers[REQUEST_ID_HEADER]),
      authorization: req.headers.authorization ?? null,
    }),
  });
  const server = createServer((request, response) => {
    seen.push(seenOf(request, response));
    response.setHeader(REQUEST_ID_HEADER, header(request.headers[REQUEST_ID_HEADER]) ?? "none");
    intercept({ request, response, serve: () => handle(request, response) }, seen.length);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
