import { type Rate, countAttempt } from "@lectern/auth/throttle";
import type { Database } from "@lectern/database/queryable";
import type { Call } from "../../../call.ts";
import { rateLimited } from "../accounts/password-rules.ts";
import { callerOf } from "../accounts/throttles.ts";

/** A whole company may come in the morning, from one address; each of them has the server ask a provider. */
const RATE: Rate = { burst: 200, everySeconds: 1 };

/** @throws RateLimited, with how long to wait */
export async function throttleOpenId(db: Database, call: Call): Promise<void> {
  const throttled = { name: "openid.address", subject: callerOf(call), rate: RATE };
  const wait = await countAttempt(db, throttled);
  if (wait > 0) throw rateLimited(wait);
}
