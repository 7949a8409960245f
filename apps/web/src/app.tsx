import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { IntlProvider } from "use-intl";
import { ApiProvider, ClientProvider } from "./data/api.ts";
import { LOCALE } from "./messages/translate.ts";
import { messages } from "./messages/en.ts";
import type { SiteRouter } from "./router.tsx";

/** The whole site, from the document's first element on. */
export function App({ router }: { router: SiteRouter }) {
  const { api, client, queryClient } = router.options.context;
  return (
    <QueryClientProvider client={queryClient}>
      <ClientProvider value={client}>
        <ApiProvider value={api}>
          <IntlProvider locale={LOCALE} messages={messages} timeZone="UTC">
            <RouterProvider router={router} />
          </IntlProvider>
        </ApiProvider>
      </ClientProvider>
    </QueryClientProvider>
  );
}
