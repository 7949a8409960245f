import type { IncomingMessage, ServerResponse } from "node:http";
import { createClient } from "@lectern/client";
import type { Plugin, ViteDevServer } from "vite";

type Site = typeof import("../types/entry-server.d.ts");

function isSite(module: object): module is Site {
  return "render" in module;
}

async function answer(
  server: ViteDevServer,
  api: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const site: object = await server.ssrLoadModule("/src/entry-server.tsx");
  if (!isSite(site)) throw new Error("The site's server part renders no pages");
  const page = await site.render({
    url: request.url ?? "/",
    origin: `http://${request.headers.host ?? "localhost"}`,
    client: createClient({ url: api, clientName: "site-dev" }),
  });
  response.writeHead(page.status, page.headers).end(page.html);
}

/** While developing, renders the pages like the server does, with data from a server that runs. */
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
