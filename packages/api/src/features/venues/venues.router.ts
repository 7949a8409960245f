import {
  RoomCreateInput,
  RoomDetail,
  RoomTooLarge,
  RoomTooLargeInput,
  RoomUpdateInput,
  VenueByIdInput,
  VenueCreateInput,
  VenueDetail,
  VenueUpdateInput,
  VenueVersionInput,
  VenuesListInput,
  VenuesListOutput,
  VirtualRooms,
} from "@lectern/contract/venues";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, scopedProcedure, staffProcedure } from "../../trpc/procedures.ts";
import { findTooLarge } from "./find-too-large.ts";
import { listVenues } from "./list-venues.ts";
import { restoreRoom, restoreVenue, retireRoom, retireVenue } from "./retire-venue.ts";
import { readVenue, readVirtualRooms } from "./venue-detail.ts";
import { createRoom, updateRoom } from "./write-room.ts";
import { createVenue, updateVenue } from "./write-venue.ts";

const changing = scopedProcedure("runs.write").errors(
  mayFail("NotFound", "Conflict", "IdempotencyMismatch"),
);

/** Where courses are taught: for those who plan them, in the countries in which they do. */
export const venuesRouter = router({
  /** By city and name. */
  list: scopedProcedure("runs.write")
    .input(VenuesListInput)
    .output(VenuesListOutput)
    .query((opts) => listVenues(opts.ctx.db, opts.ctx.reach, opts.input)),

  byId: scopedProcedure("runs.write")
    .errors(mayFail("NotFound"))
    .input(VenueByIdInput)
    .output(VenueDetail)
    .query((opts) => readVenue(opts.ctx.db, opts.ctx.reach, opts.input.id)),

  /** Rooms in which people meet online: for those who plan everywhere. */
  virtualRooms: staffProcedure("runs.write")
    .output(VirtualRooms)
    .query(async (opts) => ({ rooms: await readVirtualRooms(opts.ctx.db) })),

  /** Dates that would have more places than a room, before it is changed. */
  tooLarge: scopedProcedure("runs.write")
    .errors(mayFail("NotFound"))
    .input(RoomTooLargeInput)
    .output(RoomTooLarge)
    .query((opts) => findTooLarge(opts.ctx.db, opts.ctx.reach, opts.input)),

  create: scopedProcedure("runs.write")
    .errors(mayFail("Conflict", "IdempotencyMismatch"))
    .input(VenueCreateInput)
    .output(VenueDetail)
    .mutation((opts) => createVenue(opts.ctx.db, callOf(opts), opts.input)),

  update: changing
    .input(VenueUpdateInput)
    .output(VenueDetail)
    .mutation((opts) => updateVenue(opts.ctx.db, callOf(opts), opts.input)),

  /** From now on nothing is planned there any more. */
  retire: changing
    .input(VenueVersionInput)
    .output(VenueDetail)
    .mutation((opts) => retireVenue(opts.ctx.db, callOf(opts), opts.input)),

  restore: changing
    .input(VenueVersionInput)
    .output(VenueDetail)
    .mutation((opts) => restoreVenue(opts.ctx.db, callOf(opts), opts.input)),

  addRoom: changing
    .input(RoomCreateInput)
    .output(RoomDetail)
    .mutation((opts) => createRoom(opts.ctx.db, callOf(opts), opts.input)),

  updateRoom: changing
    .input(RoomUpdateInput)
    .output(RoomDetail)
    .mutation((opts) => updateRoom(opts.ctx.db, callOf(opts), opts.input)),

  retireRoom: changing
    .input(VenueVersionInput)
    .output(RoomDetail)
    .mutation((opts) => retireRoom(opts.ctx.db, callOf(opts), opts.input)),

  restoreRoom: changing
    .input(VenueVersionInput)
    .output(RoomDetail)
    .mutation((opts) => restoreRoom(opts.ctx.db, callOf(opts), opts.input)),
});
