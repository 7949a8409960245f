import {
  type EmbeddedServer,
  type EmbeddedServerExit,
  type EmbeddedServerOptions,
  startEmbeddedServer,
} from "./server.ts";

export interface SupervisorOptions extends EmbeddedServerOptions {
  /** The server died without being asked to. It is started again at once. */
  readonly onCrash?: (exit: EmbeddedServerExit) => void;
  /** It is back, at the same address and with everything that was committed. */
  readonly onRestart?: (server: { readonly pid: number }) => void;
  /** It died too often, or does not start any more: nothing can be served, and whoever runs Lectern has to look. */
  readonly onGivenUp?: (error: unknown) => void;
}

export interface SupervisedServer {
  readonly url: string;
  readonly superuserUrl: string;
  stop(): Promise<void>;
}

/** More crashes than this within the window, and something is wrong that starting again does not mend. */
const maximumCrashes = 5;
const windowMs = 60_000;

/**
 * Starts an embedded server, and starts it again on the same port whenever it dies: the pool that is connected to it finds it again by itself.
 * @throws what startEmbeddedServer() throws, for the first start
 */
export async function superviseEmbeddedServer(
  options: SupervisorOptions,
): Promise<SupervisedServer> {
  let isStopping = false;
  let crashes: number[] = [];
  const first = await startEmbeddedServer(options);
  let current: Promise<EmbeddedServer> = Promise.resolve(first);
  watch(first);

  function watch(server: EmbeddedServer) {
    void server.exited.then((exit) => {
      if (isStopping) return;
      options.onCrash?.(exit);
      const now = performance.now();
      crashes = [...crashes.filter((at) => now - at < windowMs), now];
      if (crashes.length > maximumCrashes) {
        options.onGivenUp?.(
          new Error(`PostgreSQL died ${crashes.length} times within a minute:\n${exit.log}`),
        );
        return;
      }
      current = startEmbeddedServer({ ...options, port: first.port });
      current.then(
        (restarted) => {
          options.onRestart?.(restarted);
          watch(restarted);
        },
        (error: unknown) => options.onGivenUp?.(error),
      );
    });
  }

  return {
    url: first.url,
    superuserUrl: first.superuserUrl,
    async stop() {
      isStopping = true;
      // A start that failed has been reported, and left nothing to stop.
      const server = await current.catch(() => undefined);
      await server?.stop();
    },
  };
}
