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

/** Answers by address, where they are kept: what one would write first. */
const kept = new Map<string, { readonly body: Buffer; readonly until: number }>();

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url = "" } = request;
  const known = kept.get(url);
  if (known !== undefined && known.until > Date.now()) return sendKept(response, known.body);
  const [path = "", query = ""] = url.split("?", 2);
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
        url,
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

/** @param url by which the answer is kept */
function sendData(response: ServerResponse, data: unknown, url?: string): void {
  if (data === undefined) {
    send(response, 404, { error: { message: "Not found" } });
    return;
  }
  const answered = { result: { data } };
  if (url !== undefined && settings.keepsAnswersMs > 0) {
    const body = Buffer.from(JSON.stringify(answered));
    kept.set(url, { body, until: Date.now() + settings.keepsAnswersMs });
  }
  send(response, 200, answered);
}

function sendKept(response: ServerResponse, body: Buffer): void {
  response
    .writeHead(200, { "content-type": "application/json", "content-length": body.length })
    .end(body);
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
