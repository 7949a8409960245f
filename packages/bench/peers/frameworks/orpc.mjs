import { createServer } from "node:http";
import { ORPCError, os } from "@orpc/server";
import { RPCHandler } from "@orpc/server/node";

/** oRPC's own protocol on `node:http`, with its defaults; input and output are checked. */
const { openWork, shapes } = await import(process.argv[3]);
const work = openWork(process.argv[2]);

function found(data) {
  if (data === undefined) throw new ORPCError("NOT_FOUND");
  return data;
}

const query = os.route({ method: "GET" });
const router = {
  system: { info: query.output(shapes.SystemInfo).handler(() => work.systemInfo()) },
  articles: {
    bySlug: query
      .input(shapes.ArticleBySlugInput)
      .output(shapes.ArticleDetail)
      .handler(async ({ input }) => found(await work.articleBySlug(input.slug))),
  },
  courses: {
    list: query
      .input(shapes.CoursesListInput)
      .output(shapes.CoursesListOutput)
      .handler(async ({ input }) => found(await work.coursesList(input.limit))),
  },
};

const handler = new RPCHandler(router);
const server = createServer(async (request, response) => {
  if (request.url === "/readyz") {
    response.end("ready");
    return;
  }
  const { matched } = await handler.handle(request, response, { prefix: "/rpc" });
  if (!matched) response.writeHead(404).end();
});
server.listen(work.port, "127.0.0.1");
