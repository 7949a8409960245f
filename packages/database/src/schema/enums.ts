import {
  ACTOR_KINDS,
  ALLOCATION_KINDS,
  ALLOCATION_STATES,
  ARTICLE_STATUSES,
  BOOKING_STATUSES,
  COURSE_LEVELS,
  COURSE_STATUSES,
  DELIVERY_MODES,
  ENQUIRY_KINDS,
  ENQUIRY_STATUSES,
  PAYMENT_STATES,
  REGISTRATION_STATUSES,
  ROOM_KINDS,
  RUN_STATUSES,
  RUN_VISIBILITIES,
} from "@lectern/contract/vocabulary";
import { pgEnum } from "drizzle-orm/pg-core";

export const courseStatus = pgEnum("course_status", COURSE_STATUSES);
export const courseLevel = pgEnum("course_level", COURSE_LEVELS);
export const deliveryMode = pgEnum("delivery_mode", DELIVERY_MODES);
export const runStatus = pgEnum("run_status", RUN_STATUSES);
export const runVisibility = pgEnum("run_visibility", RUN_VISIBILITIES);
export const roomKind = pgEnum("room_kind", ROOM_KINDS);
export const bookingStatus = pgEnum("booking_status", BOOKING_STATUSES);
export const paymentState = pgEnum("payment_state", PAYMENT_STATES);
export const registrationStatus = pgEnum("registration_status", REGISTRATION_STATUSES);
export const allocationKind = pgEnum("allocation_kind", ALLOCATION_KINDS);
export const allocationState = pgEnum("allocation_state", ALLOCATION_STATES);
export const enquiryKind = pgEnum("enquiry_kind", ENQUIRY_KINDS);
export const enquiryStatus = pgEnum("enquiry_status", ENQUIRY_STATUSES);
export const articleStatus = pgEnum("article_status", ARTICLE_STATUSES);
export const actorKind = pgEnum("actor_kind", ACTOR_KINDS);
