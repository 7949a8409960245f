import { SystemInfo } from "@lectern/contract/system";
import { router } from "../../trpc/init.ts";
import { publicProcedure } from "../../trpc/procedures.ts";
import { API_VERSION } from "../../version.ts";

export const systemRouter = router({
  /** Who answers: name, release and clock. Touches no database. */
  info: publicProcedure.output(SystemInfo).query(() => ({
    name: "Lectern",
    version: API_VERSION,
    serverTime: new Date().toISOString(),
  })),
});
