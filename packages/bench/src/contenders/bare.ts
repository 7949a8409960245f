import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { accessKeys } from "@lectern/auth/access-key";
import { claimBy } from "./claim.ts";
import { openDriver } from "./driver.ts";
import { articleBySlug, coursesList, me, readSettings, systemInfo } from "./work.ts";

/**
 * The bare server: `node:http`, the driver, prepared SQL, `JSON.stringify`, and nothing else. It says what Lectern says on
 * the same addresses, and validates nothing. A program of its own; its settings are its argument.
 */
const settings = readSettings(process.argv[2]);
const driver = openDriver(settings.databaseUrl);
const keys = accessKeys(settings.accessSecret);

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    send(response, 500, { error: { message: String(error) } });
  });
});
server.listen(settings.port, "127.0.0.1");

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = "", query = ""] = (request.url ?? "").split("?", 2);
  switch (path) {
    case "/readyz":
      return send(response, 200, { status: "ready" });
    case "/trpc/system.info":
      return sendData(response, systemInfo());
    case "/trpc/articles.bySlug":
      return sendData(
        response,
        await articleBySlug(driver, settings, String(inputOf(query)["slug"])),
      );
    case "/trpc/courses.list":
      return sendData(
        response,
        await coursesList(driver, settings, Number(inputOf(query)["limit"])),
      );
    case "/trpc/account.me":
      return sendData(response, await me(driver, settings, request.headers.cookie));
    case "/trpc/bookings.hold":
      return hold(request, response);
    default:
      return send(response, 404, { error: { message: "Not found" } });
  }
}

function inputOf(query: string): Record<string, unknown> {
  return parseObject(decodeURIComponent(query.slice("input=".length)));
}

function parseObject(json: string): Record<string, unknown> {
  const value: unknown = JSON.parse(json);
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

async function hold(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
  const { runId, places, idempotencyKey } = parseObject(body);
  const input = {
    runId: String(runId),
    places: Number(places),
    idempotencyKey: String(idempotencyKey),
  };
  const held = await claimBy(driver, keys, input, randomUUID());
  if (held !== undefined) sendData(response, held);
  else send(response, 409, { error: { data: { domain: { code: "SoldOut" } } } });
}

function sendData(response: ServerResponse, data: unknown): void {
  if (data === undefined) send(response, 404, { error: { message: "Not found" } });
  else send(response, 200, { result: { data } });
}

function send(response: ServerResponse, status: number, answered: unknown): void {
  const body = JSON.stringify(answered);
  response
    .writeHead(status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    })
    .end(body);
}
