import { CLIENT_VERSION, type LecternClient, isLecternFailure } from "@lectern/client";
import { type CheckResult, ok, reasonOf, warning } from "./check.ts";

const NAME = "Academy";
const TIMEOUT_MS = 5000;
const SKEW_MAX_MS = 5000;

/** Whether the academy answers, which release it is, and what its clock says. */
export async function checkAcademy(client: LecternClient, url: string): Promise<CheckResult> {
  const before = Date.now();
  try {
    const info = await client.system.info.query(undefined, {
      timeoutMs: TIMEOUT_MS,
      maxRetries: 0,
    });
    const middle = (before + Date.now()) / 2;
    const skew = Math.abs(Date.parse(info.serverTime) - middle);
    if (skew > SKEW_MAX_MS) {
      return warning(
        NAME,
        `its clock at ${url} is ${Math.round(skew / 1000)} s from this machine's`,
        "Keep both clocks by NTP.",
      );
    }
    if (info.version !== CLIENT_VERSION) {
      return warning(
        NAME,
        `${info.name} ${info.version} answers at ${url}, and this command is ${CLIENT_VERSION}`,
        "Use the command of the same release.",
      );
    }
    return ok(NAME, `${info.name} ${info.version} answers at ${url}`);
  } catch (error) {
    if (!isLecternFailure(error)) throw error;
    return warning(
      NAME,
      `nobody answers at ${url}: ${reasonOf(error)}`,
      "Start the academy with npm start, or give --url.",
    );
  }
}
