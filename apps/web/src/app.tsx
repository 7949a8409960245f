import { QueryClientProvider } from "@tanstack/react-query";
import { type AnyRouter, RouterProvider } from "@tanstack/react-router";
import { IntlProvider } from "use-intl";
import { ApiProvider, ClientProvider } from "./data/api.ts";
import { language } from "./language/language.ts";
import type { RouterContext } from "./router.tsx";

interface AppProps {
  readonly router: AnyRouter;
  /** What the router was made with. */
  readonly context: RouterContext;
}

/** The whole site, from the document's first element on. */
export function App({ router, context: { api, client, queryClient, words } }: AppProps) {
  return (
    <QueryClientProvider client={queryClient}>
      <ClientProvider value={client}>
        <ApiProvider value={api}>
          <IntlProvider locale={language()} messages={words} timeZone="UTC">
            <RouterProvider router={router} />
          </IntlProvider>
        </ApiProvider>
      </ClientProvider>
    </QueryClientProvider>
  );
}
