import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAccessSecret } from "@lectern/auth/access-key";
import type { Processors } from "../machine/processors.ts";
import { type ServerProcess, freePort, startServerProcess } from "./server-process.ts";
import type { GivenSettings } from "./work.ts";

/** How each of the servers under test is started. */

export interface ServerPlace {
  readonly databaseUrl: string;
  readonly folder: string;
  readonly processors: Processors | undefined;
}

const PLAIN_SERVERS = {
  bare: fileURLToPath(new URL("bare.ts", import.meta.url)),
  fastify: fileURLToPath(new URL("fastify.ts", import.meta.url)),
  stock: fileURLToPath(new URL("stock.ts", import.meta.url)),
};

/**
 * @param queries what Lectern was seen to send
 * @param options what only the bare server knows
 */
export async function startPlainServer(
  name: keyof typeof PLAIN_SERVERS,
  place: ServerPlace,
  queries: GivenSettings["queries"],
  options: Pick<GivenSettings, "keepsAnswersMs"> = {},
): Promise<ServerProcess> {
  return startGivenServer({ name, program: PLAIN_SERVERS[name] }, place, { queries, ...options });
}

interface GivenProgram {
  readonly name: string;
  /** Path of a program that is given a file with settings, see `ServerSettings`. */
  readonly program: string;
  /** What it is given besides. */
  readonly more?: readonly string[];
}

/** Starts a program around the bare server's work. */
export async function startGivenServer(
  { name, program, more = [] }: GivenProgram,
  place: ServerPlace,
  options: Pick<GivenSettings, "queries" | "keepsAnswersMs">,
): Promise<ServerProcess> {
  const port = await freePort();
  const settings: GivenSettings = {
    port,
    databaseUrl: place.databaseUrl,
    accessSecret: createAccessSecret(),
    ...options,
  };
  const path = join(place.folder, `${name}.json`);
  await writeFile(path, JSON.stringify(settings), { mode: 0o600 });
  return startServerProcess({ name, program, args: [path, ...more], port, ...place });
}

/**
 * Starts several at the same time.
 *
 * @param stack gets all that were started, so that none is left behind when another one fails
 */
export async function startTogether<Name extends string>(
  stack: AsyncDisposableStack,
  starts: Readonly<Record<Name, Promise<ServerProcess>>>,
): Promise<Record<Name, ServerProcess>>;
export async function startTogether(
  stack: AsyncDisposableStack,
  starts: Readonly<Record<string, Promise<ServerProcess>>>,
): Promise<Record<string, ServerProcess>> {
  const settled = await Promise.allSettled(
    Object.entries(starts).map(async ([name, start]) => [name, await start] as const),
  );
  for (const end of settled) if (end.status === "fulfilled") stack.use(end.value[1]);
  return Object.fromEntries(
    settled.map((end) => {
      if (end.status === "rejected") throw end.reason;
      return end.value;
    }),
  );
}

/** Lectern is a program to the benchmark, as it is to an operator: packages do not import apps. */
const LECTERN = fileURLToPath(new URL("../../../../apps/server/src/main.ts", import.meta.url));

/** In what a Lectern differs from the one that an operator gets. */
export interface LecternOptions {
  readonly logLevel?: "info" | "silent";
  /** Whether clients may say where they are, as a proxy does for them. */
  readonly trustsClients?: boolean;
  /** Whether answers that are the same for everybody are kept, as they are for an operator: other rows ask what they cost to make. */
  readonly keepsAnswers?: boolean;
  /** Loads all passwords that come at once onto the processor: for comparison. */
  readonly hashesManyAtOnce?: boolean;
}

const WITHOUT_SEMAPHORE = new URL("without-semaphore.mjs", import.meta.url).href;

export async function startLectern(
  place: ServerPlace,
  options: LecternOptions = {},
): Promise<ServerProcess> {
  const { logLevel = "info", trustsClients = false } = options;
  const { keepsAnswers = false, hashesManyAtOnce = false } = options;
  const port = await freePort();
  return startServerProcess({
    name: ["lectern", logLevel, ...(hashesManyAtOnce ? ["without semaphore"] : [])].join(" "),
    program: LECTERN,
    preloaded: hashesManyAtOnce ? [WITHOUT_SEMAPHORE] : [],
    port,
    environment: {
      PORT: String(port),
      HOST: "127.0.0.1",
      DATABASE_URL: place.databaseUrl,
      LECTERN_DATA: join(place.folder, "lectern"),
      LECTERN_LOG_LEVEL: logLevel,
      ...(!keepsAnswers && { LECTERN_PUBLIC_CACHE_MIB: "0" }),
      ...(trustsClients && { LECTERN_TRUSTED_PROXIES: "127.0.0.1" }),
    },
    ...place,
  });
}
