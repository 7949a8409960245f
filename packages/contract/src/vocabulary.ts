import { z } from "zod";

/** The closed lists of the domain. The database's enums are made from these same arrays. */

export const COURSE_STATUSES = ["draft", "in_review", "published", "retired"] as const;
export const COURSE_LEVELS = ["beginner", "intermediate", "advanced"] as const;
export const DELIVERY_MODES = ["classroom", "virtual", "self_paced", "blended"] as const;
export const RUN_STATUSES = [
  "draft",
  "tentative",
  "confirmed",
  "in_progress",
  "completed",
  "cancelled",
] as const;
export const RUN_VISIBILITIES = ["public", "private"] as const;
export const ROOM_KINDS = ["physical", "virtual"] as const;
export const BOOKING_STATUSES = [
  "held",
  "awaiting_payment",
  "awaiting_approval",
  "confirmed",
  "cancelled",
  "expired",
] as const;
export const PAYMENT_STATES = ["unpaid", "part_paid", "paid", "refunded"] as const;
export const REGISTRATION_STATUSES = [
  "reserved",
  "confirmed",
  "completed",
  "no_show",
  "cancelled",
  "transferred",
] as const;
export const ALLOCATION_KINDS = ["hold", "offer", "booking", "block"] as const;
export const ALLOCATION_STATES = ["active", "released", "expired"] as const;
export const ENQUIRY_KINDS = ["contact", "company", "private_course"] as const;
export const ENQUIRY_STATUSES = ["new", "in_progress", "quoted", "won", "lost", "spam"] as const;
export const ARTICLE_STATUSES = ["draft", "published", "retired"] as const;
export const ACTOR_KINDS = ["public", "operator", "system"] as const;

export const CourseStatus = z.enum(COURSE_STATUSES);
export const CourseLevel = z.enum(COURSE_LEVELS);
export const DeliveryMode = z.enum(DELIVERY_MODES);
export const RunStatus = z.enum(RUN_STATUSES);
export const RunVisibility = z.enum(RUN_VISIBILITIES);
export const RoomKind = z.enum(ROOM_KINDS);
export const BookingStatus = z.enum(BOOKING_STATUSES);
export const PaymentState = z.enum(PAYMENT_STATES);
export const RegistrationStatus = z.enum(REGISTRATION_STATUSES);
export const EnquiryKind = z.enum(ENQUIRY_KINDS);
export const EnquiryStatus = z.enum(ENQUIRY_STATUSES);
export const ArticleStatus = z.enum(ARTICLE_STATUSES);

export type CourseStatus = z.infer<typeof CourseStatus>;
export type CourseLevel = z.infer<typeof CourseLevel>;
export type DeliveryMode = z.infer<typeof DeliveryMode>;
export type RunStatus = z.infer<typeof RunStatus>;
export type BookingStatus = z.infer<typeof BookingStatus>;
export type EnquiryKind = z.infer<typeof EnquiryKind>;
export type EnquiryStatus = z.infer<typeof EnquiryStatus>;
export type ArticleStatus = z.infer<typeof ArticleStatus>;
