import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin, ViteDevServer } from "vite";

type DevSite = typeof import("./dev-site.ts");

function isDevSite(module: object): module is DevSite {
  return "renderWithData" in module;
}

async function answer(
  server: ViteDevServer,
  api: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const site: object = await server.ssrLoadModule("/vite/dev-site.ts");
  if (!isDevSite(site)) throw new Error("vite/dev-site.ts renders no pages");
  const origin = `http://${request.headers.host ?? "localhost"}`;
  const page = await site.renderWithData(request.url ?? "/", origin, api);
  if (page.failure instanceof Error) {
    server.ssrFixStacktrace(page.failure);
    server.config.logger.error(page.failure.stack ?? page.failure.message);
  }
  response.writeHead(page.status, page.headers).end(page.html);
}

/** While developing, renders the pages like the server does. */
export function renderPages(api: string): Plugin {
  return {
    name: "lectern:render-pages",
    apply: "serve",
    configureServer(server) {
      return () => {
        server.middlewares.use((request, response, next) => {
          answer(server, api, request, response).catch((error: unknown) => {
            if (error instanceof Error) server.ssrFixStacktrace(error);
            next(error);
          });
        });
      };
    },
  };
}
