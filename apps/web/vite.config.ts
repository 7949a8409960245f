import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { clientManifest } from "./vite/client-manifest.ts";
import { compileMessages } from "./vite/compile-messages.ts";
import { precompress } from "./vite/precompress.ts";
import { renderPages } from "./vite/render-pages.ts";

const API = process.env["LECTERN_URL"] ?? "http://localhost:3000";
const IN_BROWSER = ["chrome123", "firefox121", "safari17.5"];

/** What several pages have in common, but for what comes with forms and texts. */
const SHARED = {
  name: "shared",
  test: /\/src\/(?:components|covers|format|language|routes\/public\/filters)\/|\/public\/[a-z]+\/(?:queries|search)\.ts$|\/(?:cut-off|inputs|knows|list-from|next-page|search-string|signed-in-hint|stored|words)\.ts$|\/use-intl\/|\/useParams\.js$/u,
  minShareCount: 2,
};

export default defineConfig(({ command }) => ({
  appType: "custom",
  plugins: [react(), compileMessages(), clientManifest(), precompress(), renderPages(API)],
  server: { port: 5173, proxy: { "/trpc": API, "/robots.txt": API, "/sitemap.xml": API } },
  environments: {
    client: {
      build: {
        outDir: "dist/client",
        target: IN_BROWSER,
        manifest: true,
        rolldownOptions: {
          input: "src/entry-client.tsx",
          // Its modules only declare: what watches things stays out of what every page loads.
          treeshake: {
            moduleSideEffects: [{ test: /\/packages\/client\/src\//u, sideEffects: false }],
          },
          // Few files: what most pages share is one, what one page needs comes with that page.
          output: { codeSplitting: { groups: [SHARED] } },
        },
      },
    },
    ssr: {
      ...(command === "build" && {
        resolve: { noExternal: true },
        // Libraries would ask the server's environment, page after page, and take its silence for development.
        define: { "process.env.NODE_ENV": '"production"' },
      }),
      build: {
        outDir: "dist/server",
        target: "node22",
        ssr: "src/entry-server.tsx",
        emitAssets: false,
        copyPublicDir: false,
        // Client and errors are those of the server that renders; everything else comes along.
        rolldownOptions: { external: /^@(?:lectern|trpc)\/client(?:\/|$)/u },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      const { client, ssr } = builder.environments;
      if (client === undefined || ssr === undefined) throw new Error("An environment is missing");
      // The server's part lists the browser's files, so it comes second.
      await builder.build(client);
      await builder.build(ssr);
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "test/*.test.ts"],
          // The first page that is rendered loads all of the site.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.spec.ts"],
          globalSetup: ["test/e2e/academy.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // What passes only then is named after the run: a page in a browser depends on more than its code.
          retry: process.env["CI"] === undefined ? 0 : 1,
          // As long as pages are waited for: on a busy machine, what is drawn next takes seconds.
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        extends: true,
        test: {
          name: "screenshots",
          include: ["test/screenshots/**/*.spec.ts"],
          globalSetup: ["test/e2e/academy.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "lighthouse",
          include: ["test/lighthouse/**/*.spec.ts"],
          globalSetup: ["test/e2e/academy.ts"],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
}));
