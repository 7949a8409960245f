import "@vitejs/plugin-react/preamble";
import { createClient } from "@lectern/client";
import { createRouter } from "@tanstack/react-router";
import { hydrateRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { createApi } from "./data/api.ts";
import { takeOver } from "./data/hand-over.ts";
import { createQueryClient } from "./data/query-client.ts";
import { language } from "./language/language.ts";
import { siteWords } from "./messages/site-words.ts";
import { createTranslate } from "./messages/translate.ts";
import { wordsAreThere } from "./messages/words.ts";
import { siteOptions } from "./router.tsx";
import { knows } from "./routes/knows.ts";
import { routeTree } from "./routes/route-tree.ts";
import "./design/index.css";

/** Takes over the page that a server rendered. */
async function start(): Promise<void> {
  const queryClient = createQueryClient();
  const origin = takeOver(queryClient) ?? globalThis.location.origin;
  const client = createClient({ clientName: "site", language: language() });
  const api = createApi(client, queryClient);
  const words = await siteWords();
  const translate = createTranslate(words);
  const context = { queryClient, client, api, translate, words, origin };
  const options = siteOptions(context, { isServer: false });
  const known = createRouter({ ...options, routeTree });
  // Nothing that the first page leads to: then it is known with all the others.
  const router = knows(known, known.latestLocation.pathname)
    ? known
    : (await import("./routes/whole-tree.ts")).createWholeRouter(options);
  // The server rendered: boundaries are where it put them.
  router.ssr = { manifest: undefined };
  // Everything that the page needs is there before React looks at it.
  await router.load();
  await wordsAreThere();
  hydrateRoot(document, <App router={router} context={context} />);
}

await start();
