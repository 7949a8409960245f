import { z } from "zod";

/** The closed lists of the domain. The database's enums are made from these same arrays. */

export const COURSE_STATUSES = ["draft", "in_review", "published", "retired"] as const;
/** Why a version of a course was kept; `earlier`: as it was found before its first change that was kept. */
export const COURSE_VERSION_ACTIONS = [
  "earlier",
  "create",
  "update",
  "import",
  "restore",
  "submit",
  "send_back",
  "publish",
  "retire",
] as const;
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
/** Whether the learner of a place was there for a session; `partial`: for a part of it. */
export const ATTENDANCE_MARKS = ["present", "partial", "absent", "excused"] as const;
export const ALLOCATION_KINDS = ["hold", "offer", "booking", "block"] as const;
export const ALLOCATION_STATES = ["active", "released", "expired"] as const;
export const ENQUIRY_KINDS = ["contact", "company", "private_course"] as const;
export const ENQUIRY_STATUSES = ["new", "in_progress", "quoted", "won", "lost", "spam"] as const;
/** What staff withdraw is expired, too. */
export const QUOTE_STATUSES = ["draft", "sent", "accepted", "declined", "expired"] as const;
/** Why a quote can't be accepted at the moment: its run has too few places left, or can't be booked. */
export const QUOTE_OBSTACLES = ["too_few_places", "cancelled", "started", "not_published"] as const;
export const ARTICLE_STATUSES = ["draft", "published", "retired"] as const;
/** `person`: somebody who signed in; `token`: a program with a token that staff made. */
export const ACTOR_KINDS = ["public", "operator", "system", "person", "token"] as const;
/** What people are to the academy; `docs/people.md` says what each may do. */
export const ROLES = [
  "learner",
  "instructor",
  "company_booker",
  "company_manager",
  "course_editor",
  "sales",
  "finance",
  "administrator",
] as const;
/** The roles that somebody has in an organisation; all others are the academy's own. */
export const ORGANISATION_ROLES = ["learner", "company_booker", "company_manager"] as const;
/** The roles that the academy gives to those who work for it. */
export const STAFF_ROLES = [
  "instructor",
  "course_editor",
  "sales",
  "finance",
  "administrator",
] as const;
/** What is good once, until a time. */
export const ONE_TIME_KINDS = [
  "verify_email",
  "reset_password",
  "change_email",
  "invitation",
  "first_administrator",
  "second_factor",
  "totp_enrolment",
  "passkey_registration",
  "passkey_sign_in",
  "openid",
  "openid_link",
] as const;
/** How somebody showed who they are. */
export const SIGN_IN_METHODS = ["password", "passkey", "openid", "link"] as const;
export const DEVICE_GRANT_STATES = ["pending", "approved", "denied"] as const;
/** What people agree to, each apart. */
export const CONSENT_PURPOSES = ["terms", "privacy", "newsletter", "analytics"] as const;
export const PRIVACY_REQUEST_KINDS = ["export", "erasure"] as const;
export const PRIVACY_REQUEST_STATES = ["waiting", "done", "failed", "withdrawn"] as const;
export const WAITLIST_STATUSES = [
  "waiting",
  "offered",
  "accepted",
  "declined",
  "lapsed",
  "withdrawn",
  "closed",
] as const;
/** Why places that became free were not offered to the next in line. */
export const WAITLIST_SKIP_REASONS = ["too_few_places", "too_late"] as const;
export const TAX_CATEGORIES = ["standard", "reduced", "zero_rated", "exempt"] as const;
export const DISCOUNT_KINDS = ["percent", "amount"] as const;
/** What became of money that came in; `late` waits for a decision of staff. */
export const PAYMENT_OUTCOMES = ["applied", "late", "refund_due", "refunded"] as const;
export const REGISTRATION_CHANGE_KINDS = ["cancellation", "transfer", "substitution"] as const;
/** Who decided on a change: whoever holds the booking's key, staff, or the academy by its own act. */
export const DECIDERS = ["booker", "staff", "academy"] as const;
/** Why somebody is asked again. */
export const RUN_CHOICE_KINDS = ["run_cancelled", "run_rescheduled"] as const;
export const RUN_CHOICE_STATES = ["open", "stays", "another_date", "refund"] as const;
export const MAIL_KINDS = [
  "booking_confirmed",
  "approval_requested",
  "approval_refused",
  "hold_expiring",
  "booking_cancelled",
  "registration_cancelled",
  "registration_transferred",
  "learner_named",
  "claim_link",
  "offer",
  "waitlist_joined",
  "offer_lapsed",
  "waitlist_closed",
  "run_cancelled",
  "run_rescheduled",
  "run_confirmed",
  "run_undecided",
  "run_message",
  "reminder",
  "late_payment_seated",
  "late_payment_pending",
  "late_payment_staff",
  "quote",
  "quote_accepted",
  "quote_withdrawn",
  "quote_answered",
  "verify_email",
  "already_registered",
  "reset_password",
  "password_changed",
  "email_change_asked",
  "email_changed",
  "new_sign_in",
  "factors_changed",
  "invitation",
  "account_suspended",
  "accounts_merged",
  "export_ready",
  "erasure_asked",
  "erasure_done",
] as const;
export const MAIL_STATES = ["queued", "sent", "failed"] as const;

export const CourseStatus = z.enum(COURSE_STATUSES);
export const CourseVersionAction = z.enum(COURSE_VERSION_ACTIONS);
export const CourseLevel = z.enum(COURSE_LEVELS);
export const DeliveryMode = z.enum(DELIVERY_MODES);
export const RunStatus = z.enum(RUN_STATUSES);
export const RunVisibility = z.enum(RUN_VISIBILITIES);
export const RoomKind = z.enum(ROOM_KINDS);
export const BookingStatus = z.enum(BOOKING_STATUSES);
export const PaymentState = z.enum(PAYMENT_STATES);
export const RegistrationStatus = z.enum(REGISTRATION_STATUSES);
export const AttendanceMark = z.enum(ATTENDANCE_MARKS);
export const AllocationKind = z.enum(ALLOCATION_KINDS);
export const AllocationState = z.enum(ALLOCATION_STATES);
export const WaitlistStatus = z.enum(WAITLIST_STATUSES);
export const WaitlistSkipReason = z.enum(WAITLIST_SKIP_REASONS);
export const TaxCategory = z.enum(TAX_CATEGORIES);
export const DiscountKind = z.enum(DISCOUNT_KINDS);
export const PaymentOutcome = z.enum(PAYMENT_OUTCOMES);
export const RegistrationChangeKind = z.enum(REGISTRATION_CHANGE_KINDS);
export const Decider = z.enum(DECIDERS);
export const RunChoiceKind = z.enum(RUN_CHOICE_KINDS);
export const RunChoiceState = z.enum(RUN_CHOICE_STATES);
export const MailKind = z.enum(MAIL_KINDS);
export const MailState = z.enum(MAIL_STATES);
export const Role = z.enum(ROLES);
export const OrganisationRole = z.enum(ORGANISATION_ROLES);
export const StaffRole = z.enum(STAFF_ROLES);
export const SignInMethod = z.enum(SIGN_IN_METHODS);
export const DeviceGrantState = z.enum(DEVICE_GRANT_STATES);
export const ConsentPurpose = z.enum(CONSENT_PURPOSES);
export const PrivacyRequestKind = z.enum(PRIVACY_REQUEST_KINDS);
export const PrivacyRequestState = z.enum(PRIVACY_REQUEST_STATES);
export const EnquiryKind = z.enum(ENQUIRY_KINDS);
export const EnquiryStatus = z.enum(ENQUIRY_STATUSES);
export const QuoteStatus = z.enum(QUOTE_STATUSES);
export const ArticleStatus = z.enum(ARTICLE_STATUSES);

export type CourseStatus = z.infer<typeof CourseStatus>;
export type CourseVersionAction = z.infer<typeof CourseVersionAction>;
export type CourseLevel = z.infer<typeof CourseLevel>;
export type DeliveryMode = z.infer<typeof DeliveryMode>;
export type RunStatus = z.infer<typeof RunStatus>;
export type BookingStatus = z.infer<typeof BookingStatus>;
export type AttendanceMark = z.infer<typeof AttendanceMark>;
export type RegistrationStatus = z.infer<typeof RegistrationStatus>;
export type WaitlistStatus = z.infer<typeof WaitlistStatus>;
export type WaitlistSkipReason = z.infer<typeof WaitlistSkipReason>;
export type TaxCategory = z.infer<typeof TaxCategory>;
export type PaymentOutcome = z.infer<typeof PaymentOutcome>;
export type Decider = z.infer<typeof Decider>;
export type RunChoiceKind = z.infer<typeof RunChoiceKind>;
export type RunChoiceState = z.infer<typeof RunChoiceState>;
export type MailKind = z.infer<typeof MailKind>;
export type EnquiryKind = z.infer<typeof EnquiryKind>;
export type EnquiryStatus = z.infer<typeof EnquiryStatus>;
export type QuoteStatus = z.infer<typeof QuoteStatus>;
export type ArticleStatus = z.infer<typeof ArticleStatus>;
export type Role = z.infer<typeof Role>;
export type OrganisationRole = z.infer<typeof OrganisationRole>;
export type StaffRole = z.infer<typeof StaffRole>;
export type SignInMethod = z.infer<typeof SignInMethod>;
export type OneTimeKind = (typeof ONE_TIME_KINDS)[number];
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;
