import { serve } from "@hono/node-server";
import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";

/**
 * Hono on its adapter for Node, with routes as its RPC client takes their types. Input is checked by its own middleware; what is
 * sent is typed and not checked, as in its guide.
 */
const { openWork, shapes } = await import(process.argv[3]);
const work = openWork(process.argv[2]);

function send(context, data) {
  return data === undefined ? context.json({ message: "Not found" }, 404) : context.json(data);
}

const app = new Hono()
  .get("/readyz", (context) => context.json({ status: "ready" }))
  .get("/system/info", (context) => context.json(work.systemInfo()))
  .get("/articles/:slug", zValidator("param", shapes.ArticleBySlugInput), async (context) =>
    send(context, await work.articleBySlug(context.req.valid("param").slug)),
  )
  .get("/courses", zValidator("query", shapes.CoursesListQuery), async (context) =>
    send(context, await work.coursesList(context.req.valid("query").limit)),
  );

serve({ fetch: app.fetch, port: work.port, hostname: "127.0.0.1" });
