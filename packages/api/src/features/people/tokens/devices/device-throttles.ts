import { type Rate, countAttempt } from "@lectern/auth/throttle";
import type { Queryable } from "@lectern/database/queryable";
import { rateLimited } from "../../accounts/password-rules.ts";

/** How often what concerns devices may be tried. An office may sit behind one address. */
const RATES = {
  "device.begin.address": { burst: 30, everySeconds: 30 },
  /** Of codes that somebody types. */
  "device.code.person": { burst: 10, everySeconds: 30 },
  "device.code.address": { burst: 60, everySeconds: 10 },
} as const satisfies Record<string, Rate>;

/**
 * Counts an attempt.
 *
 * @throws RateLimited, with how long to wait
 */
export async function throttleDevices(
  db: Queryable,
  name: keyof typeof RATES,
  subject: string,
): Promise<void> {
  const wait = await countAttempt(db, { name, subject, rate: RATES[name] });
  if (wait > 0) throw rateLimited(wait);
}
