import type { FastifyInstance } from "fastify";

/** What `GET /readyz` looks at. */
export interface Readiness {
  /** Why requests should go elsewhere, or `undefined` when they can come. */
  reasonNotReady(): Promise<string | undefined>;
}

/**
 * `GET /healthz`: the process is alive and its event loop turns. `GET /readyz`: it can serve:
 * database reachable, migrated, and not stopping. Load balancers ask the second, supervisors the first.
 */
export function healthPlugin(app: FastifyInstance, readiness: Readiness, done: () => void): void {
  app.get("/healthz", (_request, reply) =>
    reply.header("cache-control", "no-store").send({ status: "alive" }),
  );

  app.get("/readyz", async (_request, reply) => {
    const reason = await readiness.reasonNotReady();
    return reply
      .code(reason === undefined ? 200 : 503)
      .header("cache-control", "no-store")
      .send(reason === undefined ? { status: "ready" } : { status: "not ready", reason });
  });
  done();
}
