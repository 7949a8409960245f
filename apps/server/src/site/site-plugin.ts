import { sep } from "node:path";
import fastifyStatic from "@fastify/static";
import { type LecternClient, createClient } from "@lectern/client";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ContextParts } from "../trpc/create-context.ts";
import { inProcessLink } from "../trpc/in-process-link.ts";
import { sendPage } from "./send-page.ts";
import type { Site } from "./site.ts";

export interface SiteOptions extends ContextParts {
  readonly site: Site;
  readonly publicUrl: string | undefined;
}

const HASHED = `${sep}assets${sep}`;
const FOR_EVER = "public, max-age=31536000, immutable";
const FOR_AN_HOUR = "public, max-age=3600";

/** Aborted when the visitor is gone before the answer is. */
function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** The website: files for the browser, `sitemap.xml`, `robots.txt`, and a rendered page for every other address. */
export async function sitePlugin(app: FastifyInstance, options: SiteOptions): Promise<void> {
  const { site } = options;

  function originOf(request: FastifyRequest): string {
    return options.publicUrl ?? `${request.protocol}://${request.host}`;
  }
  function clientFor(request: FastifyRequest): LecternClient {
    return createClient({ link: inProcessLink(options, request.id), clientName: "site" });
  }

  await app.register(fastifyStatic, {
    root: site.clientDirectory,
    index: false,
    // A route for each file there is, so that every other address is a page's.
    wildcard: false,
    // The site's build puts .br and .gz beside each file that is worth it.
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header("cache-control", path.includes(HASHED) ? FOR_EVER : FOR_AN_HOUR);
    },
  });

  app.get("/robots.txt", (request, reply) =>
    reply
      .type("text/plain; charset=utf-8")
      .header("cache-control", FOR_AN_HOUR)
      .send(site.robots(originOf(request))),
  );

  app.get("/sitemap.xml", async (request, reply) => {
    const client = clientFor(request);
    const sitemap = await site.sitemap({
      client,
      origin: originOf(request),
      signal: signalOf(reply),
    });
    return reply
      .type("application/xml; charset=utf-8")
      .header("cache-control", FOR_AN_HOUR)
      .send(sitemap);
  });

  app.get("/*", async (request, reply) => {
    const signal = signalOf(reply);
    try {
      const page = await site.render({
        url: request.url,
        origin: originOf(request),
        client: clientFor(request),
        signal,
      });
      if (page.failure !== undefined) request.log.error({ err: page.failure }, "page failed");
      return await sendPage(request, reply, page);
    } catch (error) {
      // Nobody is there to be told.
      if (signal.aborted) return reply.hijack();
      throw error;
    }
  });
}
