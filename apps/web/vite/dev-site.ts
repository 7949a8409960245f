import { createClient } from "@lectern/client";
import { render } from "../src/entry-server.tsx";

/** Renders a page while developing, with data from a server that runs elsewhere. */
export function renderWithData(url: string, origin: string, api: string) {
  return render({ url, origin, client: createClient({ url: api, clientName: "site-dev" }) });
}
