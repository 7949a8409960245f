import { z } from "zod";
import { AccessKey } from "./bookings.ts";
import { Id } from "./primitives.ts";

export const RunInvitationInput = z.object({ id: Id });

/** What lets people book a private run, and wait for its places. */
export const RunInvitation = z.object({ id: Id, invitationKey: AccessKey });
export type RunInvitation = z.infer<typeof RunInvitation>;
