import "@vitejs/plugin-react/preamble";
import { createClient } from "@lectern/client";
import { hydrateRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { createApi } from "./data/api.ts";
import { takeOver } from "./data/hand-over.ts";
import { createQueryClient } from "./data/query-client.ts";
import { createTranslate } from "./messages/translate.ts";
import { createSiteRouter } from "./router.tsx";
import "./design/index.css";

/** Takes over the page that a server rendered. */
async function start(): Promise<void> {
  const queryClient = createQueryClient();
  const origin = takeOver(queryClient) ?? globalThis.location.origin;
  const client = createClient({ clientName: "site" });
  const api = createApi(client, queryClient);
  const translate = createTranslate();
  const context = { queryClient, client, api, translate, origin };
  const router = createSiteRouter(context, { isServer: false });
  // The server rendered: boundaries are where it put them.
  router.ssr = { manifest: undefined };
  // Everything that the page needs is there before React looks at it.
  await router.load();
  hydrateRoot(document, <App router={router} />);
}

await start();
