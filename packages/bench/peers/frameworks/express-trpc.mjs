import { TRPCError, initTRPC } from "@trpc/server";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import express from "express";

/** tRPC's own adapter on Express 5, both with their defaults; input and output are checked. */
const { openWork, shapes } = await import(process.argv[3]);
const work = openWork(process.argv[2]);
const t = initTRPC.create();

function found(data) {
  if (data === undefined) throw new TRPCError({ code: "NOT_FOUND" });
  return data;
}

const router = t.router({
  system: t.router({ info: t.procedure.output(shapes.SystemInfo).query(work.systemInfo) }),
  articles: t.router({
    bySlug: t.procedure
      .input(shapes.ArticleBySlugInput)
      .output(shapes.ArticleDetail)
      .query(async ({ input }) => found(await work.articleBySlug(input.slug))),
  }),
  courses: t.router({
    list: t.procedure
      .input(shapes.CoursesListInput)
      .output(shapes.CoursesListOutput)
      .query(async ({ input }) => found(await work.coursesList(input.limit))),
  }),
});

const app = express();
app.get("/readyz", (_request, response) => {
  response.json({ status: "ready" });
});
app.use("/trpc", createExpressMiddleware({ router }));
app.listen(work.port, "127.0.0.1");
