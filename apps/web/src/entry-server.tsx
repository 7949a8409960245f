import type { PageAnswer, PageRequest } from "../types/entry-server.d.ts";
import { createMemoryHistory } from "@tanstack/react-router";
import { renderToString } from "react-dom/server";
import { App } from "./app.tsx";
import { createApi } from "./data/api.ts";
import { handOverElement } from "./data/hand-over.ts";
import { createQueryClient } from "./data/query-client.ts";
import { createTranslate } from "./messages/translate.ts";
import { createSiteRouter } from "./router.tsx";
import { assetElements, scriptElement } from "./server/assets.ts";

export { robots } from "./seo/robots.ts";
export { sitemap } from "./seo/sitemap.ts";

/** How long HTTP caches may keep a page that is the same for everybody. */
const CACHEABLE = "public, max-age=0, s-maxage=60, stale-while-revalidate=600";
const HTML = "text/html; charset=utf-8";

/** Renders one page; `types/entry-server.d.ts` says what is given and what comes back. */
export async function render(request: PageRequest): Promise<PageAnswer> {
  const { url, origin, client, signal } = request;
  const queryClient = createQueryClient();
  const router = createSiteRouter(
    {
      queryClient,
      api: createApi(client, queryClient),
      translate: createTranslate(),
      origin,
    },
    { history: createMemoryHistory({ initialEntries: [url] }), isServer: true },
  );
  const abort = () => void queryClient.cancelQueries();
  signal?.addEventListener("abort", abort);
  try {
    await router.load();
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener("abort", abort);
  }

  const result = router._serverResult;
  if (result?.type === "redirect") {
    const location = result.redirect.options.href ?? "/";
    return { status: result.redirect.status, headers: { location }, html: "" };
  }
  const status = result?.status ?? 200;
  const { matches } = router.state;
  const document = renderToString(<App router={router} />);
  const pages = matches.flatMap((match) => match.staticData.page ?? []);
  // A page that could not be made is not brought to life: reloading it is the way on.
  const life = status >= 500 ? "" : handOverElement(queryClient, origin) + scriptElement();
  const html = document
    .replace("<head>", () => `<head>${assetElements(pages)}`)
    .replace("</body>", () => `${life}</body>`);
  const isCacheable = status < 400 && !matches.some((match) => match.staticData.isPrivate);
  return {
    status,
    headers: { "content-type": HTML, "cache-control": isCacheable ? CACHEABLE : "no-store" },
    html: `<!doctype html>${html}`,
  };
}
