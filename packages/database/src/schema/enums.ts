import {
  ACTOR_KINDS,
  ALLOCATION_KINDS,
  ALLOCATION_STATES,
  ARTICLE_STATUSES,
  ATTENDANCE_MARKS,
  BOOKING_STATUSES,
  CONSENT_PURPOSES,
  COURSE_LEVELS,
  COURSE_STATUSES,
  COURSE_VERSION_ACTIONS,
  DECIDERS,
  DELIVERY_MODES,
  DEVICE_GRANT_STATES,
  DISCOUNT_KINDS,
  ENQUIRY_KINDS,
  ENQUIRY_STATUSES,
  MAIL_KINDS,
  MAIL_STATES,
  ONE_TIME_KINDS,
  PAYMENT_OUTCOMES,
  PAYMENT_STATES,
  PRIVACY_REQUEST_KINDS,
  PRIVACY_REQUEST_STATES,
  QUOTE_STATUSES,
  REGISTRATION_CHANGE_KINDS,
  REGISTRATION_STATUSES,
  ROLES,
  ROOM_KINDS,
  RUN_CHOICE_KINDS,
  RUN_CHOICE_STATES,
  RUN_STATUSES,
  RUN_VISIBILITIES,
  SIGN_IN_METHODS,
  TAX_CATEGORIES,
  WAITLIST_SKIP_REASONS,
  WAITLIST_STATUSES,
} from "@lectern/contract/vocabulary";
import { pgEnum } from "drizzle-orm/pg-core";

export const courseStatus = pgEnum("course_status", COURSE_STATUSES);
export const courseVersionAction = pgEnum("course_version_action", COURSE_VERSION_ACTIONS);
export const courseLevel = pgEnum("course_level", COURSE_LEVELS);
export const deliveryMode = pgEnum("delivery_mode", DELIVERY_MODES);
export const runStatus = pgEnum("run_status", RUN_STATUSES);
export const runVisibility = pgEnum("run_visibility", RUN_VISIBILITIES);
export const roomKind = pgEnum("room_kind", ROOM_KINDS);
export const bookingStatus = pgEnum("booking_status", BOOKING_STATUSES);
export const paymentState = pgEnum("payment_state", PAYMENT_STATES);
export const registrationStatus = pgEnum("registration_status", REGISTRATION_STATUSES);
export const attendanceMark = pgEnum("attendance_mark", ATTENDANCE_MARKS);
export const allocationKind = pgEnum("allocation_kind", ALLOCATION_KINDS);
export const allocationState = pgEnum("allocation_state", ALLOCATION_STATES);
export const enquiryKind = pgEnum("enquiry_kind", ENQUIRY_KINDS);
export const enquiryStatus = pgEnum("enquiry_status", ENQUIRY_STATUSES);
export const quoteStatus = pgEnum("quote_status", QUOTE_STATUSES);
export const articleStatus = pgEnum("article_status", ARTICLE_STATUSES);
export const actorKind = pgEnum("actor_kind", ACTOR_KINDS);
export const discountKind = pgEnum("discount_kind", DISCOUNT_KINDS);
export const decider = pgEnum("decider", DECIDERS);
export const mailKind = pgEnum("mail_kind", MAIL_KINDS);
export const mailState = pgEnum("mail_state", MAIL_STATES);
export const paymentOutcome = pgEnum("payment_outcome", PAYMENT_OUTCOMES);
export const registrationChangeKind = pgEnum("registration_change_kind", REGISTRATION_CHANGE_KINDS);
export const runChoiceKind = pgEnum("run_choice_kind", RUN_CHOICE_KINDS);
export const runChoiceState = pgEnum("run_choice_state", RUN_CHOICE_STATES);
export const taxCategory = pgEnum("tax_category", TAX_CATEGORIES);
export const waitlistStatus = pgEnum("waitlist_status", WAITLIST_STATUSES);
export const waitlistSkipReason = pgEnum("waitlist_skip_reason", WAITLIST_SKIP_REASONS);
export const role = pgEnum("role", ROLES);
export const oneTimeKind = pgEnum("one_time_kind", ONE_TIME_KINDS);
export const signInMethod = pgEnum("sign_in_method", SIGN_IN_METHODS);
export const deviceGrantState = pgEnum("device_grant_state", DEVICE_GRANT_STATES);
export const consentPurpose = pgEnum("consent_purpose", CONSENT_PURPOSES);
export const privacyRequestKind = pgEnum("privacy_request_kind", PRIVACY_REQUEST_KINDS);
export const privacyRequestState = pgEnum("privacy_request_state", PRIVACY_REQUEST_STATES);
