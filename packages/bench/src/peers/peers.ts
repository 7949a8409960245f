import type { BenchAcademy } from "../academy/bench-academy.ts";
import { startGivenServer } from "../contenders/servers.ts";
import type { ServerProcess } from "../contenders/server-process.ts";
import type { GivenSettings } from "../contenders/work.ts";
import { explain } from "../explain.ts";
import type { Processors } from "../machine/processors.ts";
import { startDirectus } from "./directus.ts";
import type { Cms } from "./cms.ts";
import { FRAMEWORKS, type Framework, PEER_WORK } from "./frameworks.ts";
import { type PeerSet, installPeerSet } from "./install.ts";
import { startStrapi } from "./strapi.ts";

/** Others, who do the same work or answer the same questions. They are installed and started by whoever asks first. */
export interface Peers extends AsyncDisposable {
  /**
   * Starts a server for each framework.
   *
   * @param stack gets those that were started
   */
  startFrameworks(
    stack: AsyncDisposableStack,
    queries: GivenSettings["queries"],
  ): Promise<Started<Framework & { readonly server: ServerProcess }>>;
  /** The content management systems, which stay until the end, and the database that they and Lectern answer from. */
  cms(): Promise<Started<Cms> & { readonly databaseUrl: string }>;
}

export interface Started<Peer> {
  readonly started: readonly Peer[];
  /** Who is not measured, and why: nothing that keeps the others from it. */
  readonly notes: readonly string[];
}

export interface PeersOptions {
  readonly academy: BenchAcademy;
  readonly processors: Processors | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

const CMS_DATABASE = "lectern_cms";
const REASON_LENGTH = 700;

export function createPeers(options: PeersOptions): Peers {
  const { academy, processors } = options;
  const { folder } = academy;
  const owned = new AsyncDisposableStack();
  const installs = new Map<PeerSet, Promise<string>>();
  let cms: ReturnType<Peers["cms"]> | undefined;

  function installed(set: PeerSet): Promise<string> {
    const install = installs.get(set) ?? installPeerSet(set, options);
    installs.set(set, install);
    return install;
  }

  async function startCms() {
    const databaseUrl = await academy.copyCatalogue(CMS_DATABASE);
    const place = { databaseUrl, folder, processors };
    // One after the other: both make tables.
    const strapi = await attempt("Strapi", async () =>
      startStrapi(await installed("strapi"), place),
    );
    const directus = await attempt("Directus", async () =>
      startDirectus(await installed("directus"), place),
    );
    const both = gathered([strapi, directus]);
    for (const { server } of both.started) owned.use(server);
    return { ...both, databaseUrl };
  }

  /** @throws the signal's reason alone */
  async function attempt<T>(name: string, start: () => Promise<T>): Promise<T | string> {
    try {
      options.onProgress(`Starting ${name} …`);
      return await start();
    } catch (error) {
      options.signal.throwIfAborted();
      return `${name} is not measured: ${inOneLine(explain(error))}`;
    }
  }

  return {
    async startFrameworks(stack, queries) {
      const place = { databaseUrl: academy.catalogueUrl, folder, processors };
      return gathered(
        await Promise.all(
          FRAMEWORKS.map((framework) =>
            attempt(framework.name, async () => {
              const program = `${await installed("frameworks")}/${framework.program}`;
              const { name } = framework;
              const server = await startGivenServer({ name, program, more: [PEER_WORK] }, place, {
                queries,
              });
              return { ...framework, server: stack.use(server) };
            }),
          ),
        ),
      );
    },
    cms: () => (cms ??= startCms()),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** For a note of the report. */
function inOneLine(reason: string): string {
  return reason.replaceAll(/\s+/gu, " ").trim().slice(0, REASON_LENGTH);
}

function gathered<Peer extends object>(attempts: readonly (Peer | string)[]): Started<Peer> {
  return {
    started: attempts.filter((attempted) => typeof attempted !== "string"),
    notes: attempts.filter((attempted) => typeof attempted === "string"),
  };
}
