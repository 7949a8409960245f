import { isLecternError } from "@lectern/client";
import { createMemoryHistory } from "@tanstack/react-router";
import type { PageAnswer, PageRequest } from "../types/entry-server.d.ts";
import { App } from "./app.tsx";
import { createApi } from "./data/api.ts";
import { handOverElement } from "./data/hand-over.ts";
import { createQueryClient } from "./data/query-client.ts";
import { language } from "./language/language.ts";
import { languageOf } from "./language/addresses.ts";
import { siteWords } from "./messages/site-words.ts";
import { createTranslate } from "./messages/translate.ts";
import { type SiteRouter, siteOptions } from "./router.tsx";
import { createWholeRouter } from "./routes/whole-tree.ts";
import { assetElements, scriptElement } from "./server/assets.ts";
import { markupOf } from "./server/markup.tsx";
import { inLanguage } from "./server/page-language.ts";
import { pageTag } from "./server/page-tag.ts";

export { robots } from "./seo/robots.ts";
export { sitemap } from "./seo/sitemap.ts";

/** How long HTTP caches may keep a page that is the same for everybody. */
const CACHEABLE = "public, max-age=0, s-maxage=60, stale-while-revalidate=600";
const HTML = "text/html; charset=utf-8";

async function routerFor({ url, origin, client }: PageRequest): Promise<SiteRouter> {
  const queryClient = createQueryClient();
  const words = await siteWords();
  const context = {
    queryClient,
    client,
    api: createApi(client, queryClient),
    translate: createTranslate(words),
    words,
    origin,
  };
  const history = createMemoryHistory({ initialEntries: [url] });
  return createWholeRouter(siteOptions(context, { history, isServer: true }));
}

/** Asks for everything that the page needs, as long as somebody waits for it. */
async function load(router: SiteRouter, signal: AbortSignal | undefined): Promise<void> {
  const { queryClient } = router.options.context;
  const abort = () => void queryClient.cancelQueries();
  signal?.addEventListener("abort", abort);
  try {
    await router.load();
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/** Writes the page, or the page that says that it could not be written. */
async function write(router: SiteRouter) {
  const { context } = router.options;
  const page = await markupOf(<App router={router} context={context} />);
  if (page.failure === undefined) return page;
  router.update({ ...router.options, context: { ...context, hasFailed: true } });
  const { html } = await markupOf(<App router={router} context={context} />);
  return { html, failure: page.failure };
}

function statusOf(failure: unknown): number {
  return isLecternError(failure, "Unavailable") ? 503 : 500;
}

/** Renders one page; `types/entry-server.d.ts` says what is given and what comes back. */
export function render(request: PageRequest): Promise<PageAnswer> {
  return inLanguage(languageOf(request.url), () => answer(request));
}

async function answer(request: PageRequest): Promise<PageAnswer> {
  const router = await routerFor(request);
  await load(router, request.signal);
  const result = router._serverResult;
  if (result?.type === "redirect") {
    const location = result.redirect.options.href ?? "/";
    return { status: result.redirect.status, headers: { location }, html: "" };
  }

  const { html, failure: thrown } = await write(router);
  const { matches } = router.state;
  const failure = thrown ?? matches.find((match) => match.status === "error")?.error;
  const status = failure === undefined ? (result?.status ?? 200) : statusOf(failure);
  const isCacheable = status < 400 && !matches.some((match) => match.staticData.isPrivate);
  // A page that could not be made is not brought to life: asking for it again is the way on.
  const life =
    status < 500
      ? handOverElement(router.options.context.queryClient, request.origin) + scriptElement()
      : "";
  const pages = matches.flatMap((match) => match.staticData.page ?? []);
  const assets = assetElements(pages);
  const whole = html
    .replace("<head>", () => `<head>${assets.html}`)
    .replace("</body>", () => `${life}</body>`);
  return {
    status,
    headers: {
      "content-type": HTML,
      "content-language": language(),
      "cache-control": isCacheable ? CACHEABLE : "no-store",
      ...(isCacheable && { etag: pageTag(whole) }),
      ...(isLecternError(failure, "Unavailable") && {
        "retry-after": String(failure.data.retryAfterSeconds),
      }),
    },
    html: whole,
    inlined: { scripts: assets.scripts, styles: assets.styles },
    ...(failure !== undefined && { failure }),
  };
}
