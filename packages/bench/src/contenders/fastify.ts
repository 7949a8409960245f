import { fastify } from "fastify";
import { openDriver } from "./driver.ts";
import { me, readSettings } from "./work.ts";

/**
 * Fastify with its defaults and without tRPC, for a program that nobody made faster by leaving the framework out: it reads
 * a cookie, looks a session up and sends JSON. Validates nothing, logs nothing. A program of its own; its settings are its
 * argument.
 */
const settings = readSettings(process.argv[2]);
const driver = openDriver(settings.databaseUrl);

const app = fastify();
app.get("/readyz", (_request, reply) => reply.send({ status: "ready" }));
app.get("/trpc/account.me", async (request) => ({
  result: { data: await me(driver, settings, request.headers.cookie) },
}));
await app.listen({ port: settings.port, host: "127.0.0.1" });
