import {
  DeviceBeginInput,
  DeviceBegun,
  DeviceDecideInput,
  DeviceDecided,
  DeviceDescribeInput,
  DeviceDescribed,
  DevicePollInput,
  DevicePolled,
} from "@lectern/contract/tokens";
import { mayFail } from "../../../../trpc/errors.ts";
import { router } from "../../../../trpc/init.ts";
import {
  callOf,
  personCallOf,
  publicProcedure,
  signedInProcedure,
} from "../../../../trpc/procedures.ts";
import { beginDevice } from "./begin-device.ts";
import { decideDevice } from "./decide-device.ts";
import { describeDevice } from "./describe-device.ts";
import { pollDevice } from "./poll-device.ts";

/** How a program on a device is signed in by its owner's browser (RFC 8628). */
export const devicesRouter = router({
  /** A program asks, and gets a code to show. */
  begin: publicProcedure
    .input(DeviceBeginInput)
    .output(DeviceBegun)
    .mutation((opts) => {
      const { db, auth, browser } = opts.ctx;
      return beginDevice(db, callOf(opts), auth.publicUrl ?? browser.origin, opts.input);
    }),

  /** What asks, by the code that it shows. */
  describe: signedInProcedure()
    .errors(mayFail("LinkNotUsable"))
    .input(DeviceDescribeInput)
    .output(DeviceDescribed)
    .query((opts) => describeDevice(opts.ctx.db, personCallOf(opts), opts.input)),

  /** Lets it in, or sends it away. */
  decide: signedInProcedure({ needsConfirmation: true })
    .errors(mayFail("LinkNotUsable", "IdempotencyMismatch"))
    .input(DeviceDecideInput)
    .output(DeviceDecided)
    .mutation((opts) => decideDevice(opts.ctx.db, personCallOf(opts), opts.input)),

  /** The program asks what became of it; once approved, one such question gets the token. */
  poll: publicProcedure
    .input(DevicePollInput)
    .output(DevicePolled)
    .mutation((opts) => pollDevice(opts.ctx.db, callOf(opts), opts.input)),
});
