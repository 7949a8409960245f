import { createServer } from "node:net";

/** Something else listens where Lectern should. */
export class PortTakenError extends Error {
  override readonly name = "PortTakenError";

  constructor(port: number) {
    super(
      `Port ${port} is taken by another program. Stop that, or choose another port: PORT=${port + 1} npm start`,
    );
  }
}

/** Whether an error says that the address is taken. */
export function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

/**
 * Finds out early whether a port can be had, before a database is started for nothing. Somebody may
 * still take it before the server listens, so listening has to look again.
 *
 * @throws PortTakenError
 */
export async function requireFreePort(port: number, host: string): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", (error) => {
      reject(isAddressInUse(error) ? new PortTakenError(port) : error);
    });
    probe.listen(port, host, () => {
      probe.close(() => {
        resolve();
      });
    });
  });
}
