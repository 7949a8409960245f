import { randomBytes } from "node:crypto";
import { createAccessSecret } from "@lectern/auth/access-key";
import { createOperatorToken } from "@lectern/auth/operator-token";
import {
  type LecternProcess,
  freePort,
  startLectern,
  temporaryFolder,
} from "../../support/lectern-process.ts";

/** Several server processes of one academy, on one database. */
export interface Academy extends AsyncDisposable {
  readonly servers: readonly LecternProcess[];
  readonly operatorToken: string;
  /** Starts the server of that number again, on its own port. */
  restart(number: number): Promise<LecternProcess>;
}

export interface AcademyOptions {
  readonly databaseUrl: string;
  readonly servers: number;
  /** Of each process, such as `NODE_OPTIONS`. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The same for all of a trial: servers that are started on a database again have to open what others encrypted. */
const SECRET = createAccessSecret();

/** Starts so many servers on a database, and waits until all are ready. */
export async function startAcademy(options: AcademyOptions): Promise<Academy> {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(await temporaryFolder());
  const operatorToken = createOperatorToken();
  const servers: LecternProcess[] = [];

  async function start(port: number): Promise<LecternProcess> {
    const server = startLectern({
      PORT: String(port),
      DATABASE_URL: options.databaseUrl,
      LECTERN_DATA: `${folder.path}/${randomBytes(4).toString("hex")}`,
      LECTERN_DEMO: "off",
      LECTERN_LOG_LEVEL: "error",
      LECTERN_OPERATOR_TOKEN: operatorToken,
      LECTERN_SECRET: SECRET,
      ...options.environment,
    });
    await server.ready();
    return server;
  }

  starting.defer(async () => {
    for (const { child } of servers) child.kill("SIGTERM");
    await Promise.all(servers.map(({ exited }) => exited));
  });
  const ports: number[] = [];
  while (ports.length < options.servers) {
    const port = await freePort();
    if (!ports.includes(port)) ports.push(port);
  }
  servers.push(...(await Promise.all(ports.map(start))));
  const running = starting.move();
  return {
    servers,
    operatorToken,
    async restart(number) {
      const port = ports[number];
      if (port === undefined) throw new RangeError(`There is no server ${number}`);
      const server = await start(port);
      servers[number] = server;
      return server;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
