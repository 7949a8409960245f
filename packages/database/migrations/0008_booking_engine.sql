CREATE TYPE "public"."decider" AS ENUM('booker', 'staff', 'academy');--> statement-breakpoint
CREATE TYPE "public"."discount_kind" AS ENUM('percent', 'amount');--> statement-breakpoint
CREATE TYPE "public"."mail_kind" AS ENUM('booking_confirmed', 'approval_requested', 'approval_refused', 'hold_expiring', 'booking_cancelled', 'registration_cancelled', 'registration_transferred', 'learner_named', 'claim_link', 'offer', 'waitlist_joined', 'offer_lapsed', 'waitlist_closed', 'run_cancelled', 'run_rescheduled', 'run_confirmed', 'run_undecided', 'reminder', 'late_payment_seated', 'late_payment_pending', 'late_payment_staff');--> statement-breakpoint
CREATE TYPE "public"."mail_state" AS ENUM('queued', 'sent', 'failed');--> statement-breakpoint
CREATE TYPE "public"."payment_outcome" AS ENUM('applied', 'late', 'refund_due', 'refunded');--> statement-breakpoint
CREATE TYPE "public"."registration_change_kind" AS ENUM('cancellation', 'transfer', 'substitution');--> statement-breakpoint
CREATE TYPE "public"."run_choice_kind" AS ENUM('run_cancelled', 'run_rescheduled');--> statement-breakpoint
CREATE TYPE "public"."run_choice_state" AS ENUM('open', 'stays', 'another_date', 'refund');--> statement-breakpoint
CREATE TYPE "public"."tax_category" AS ENUM('standard', 'reduced', 'zero_rated', 'exempt');--> statement-breakpoint
CREATE TYPE "public"."waitlist_skip_reason" AS ENUM('too_few_places', 'too_late');--> statement-breakpoint
CREATE TYPE "public"."waitlist_status" AS ENUM('waiting', 'offered', 'accepted', 'declined', 'lapsed', 'withdrawn', 'closed');--> statement-breakpoint
CREATE TABLE "payment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"booking_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"outcome" "payment_outcome" NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolution" text,
	CONSTRAINT "payment_reference_key" UNIQUE("reference"),
	CONSTRAINT "payment_amount_positive" CHECK ("payment"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "registration_change" (
	"id" uuid PRIMARY KEY NOT NULL,
	"registration_id" uuid NOT NULL,
	"kind" "registration_change_kind" NOT NULL,
	"decided_by" "decider" NOT NULL,
	"fee_amount" integer,
	"refund_amount" integer,
	"difference_amount" integer,
	"currency" text,
	"notice_days" integer,
	"fee_basis_points" integer,
	"reason" text,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "registration_change_money" CHECK (("registration_change"."fee_amount" IS NULL OR "registration_change"."fee_amount" >= 0) AND ("registration_change"."refund_amount" IS NULL OR "registration_change"."refund_amount" >= 0))
);
--> statement-breakpoint
CREATE TABLE "reminder" (
	"registration_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "reminder_registration_id_starts_at_pk" PRIMARY KEY("registration_id","starts_at")
);
--> statement-breakpoint
CREATE TABLE "run_choice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"registration_id" uuid NOT NULL,
	"kind" "run_choice_kind" NOT NULL,
	"state" "run_choice_state" DEFAULT 'open' NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "run_choice_decided" CHECK (("run_choice"."state" = 'open') = ("run_choice"."decided_at" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "waitlist_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"ticket" bigint GENERATED ALWAYS AS IDENTITY (sequence name "waitlist_entry_ticket_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"status" "waitlist_status" DEFAULT 'waiting' NOT NULL,
	"quantity" integer NOT NULL,
	"takes_fewer" boolean DEFAULT false NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"company" text,
	"language" text DEFAULT 'en' NOT NULL,
	"time_zone" text,
	"offered_quantity" integer,
	"offered_at" timestamp (3) with time zone,
	"offer_expires_at" timestamp (3) with time zone,
	"booking_id" uuid,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "waitlist_entry_run_key" UNIQUE("id","run_id"),
	CONSTRAINT "waitlist_entry_quantity_positive" CHECK ("waitlist_entry"."quantity" > 0),
	CONSTRAINT "waitlist_entry_offered" CHECK ("waitlist_entry"."status" NOT IN ('offered', 'accepted', 'declined', 'lapsed') OR ("waitlist_entry"."offered_quantity" BETWEEN 1 AND "waitlist_entry"."quantity" AND "waitlist_entry"."offered_at" IS NOT NULL AND "waitlist_entry"."offer_expires_at" IS NOT NULL)),
	CONSTRAINT "waitlist_entry_ended" CHECK (("waitlist_entry"."status" IN ('waiting', 'offered')) = ("waitlist_entry"."ended_at" IS NULL)),
	CONSTRAINT "waitlist_entry_accepted" CHECK (("waitlist_entry"."status" = 'accepted') = ("waitlist_entry"."booking_id" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "waitlist_skip" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "waitlist_skip_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entry_id" uuid NOT NULL,
	"reason" "waitlist_skip_reason" NOT NULL,
	"free" integer NOT NULL,
	"wanted" integer NOT NULL,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mail_message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "mail_kind" NOT NULL,
	"state" "mail_state" DEFAULT 'queued' NOT NULL,
	"message_id" text NOT NULL,
	"recipient_name" text NOT NULL,
	"recipient_email" text NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"text" text NOT NULL,
	"calendar" text,
	"calendar_method" text,
	"about_id" uuid NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "mail_message_message_id_key" UNIQUE("message_id"),
	CONSTRAINT "mail_message_sent" CHECK (("mail_message"."state" = 'sent') = ("mail_message"."sent_at" IS NOT NULL)),
	CONSTRAINT "mail_message_calendar_whole" CHECK (("mail_message"."calendar" IS NULL) = ("mail_message"."calendar_method" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "audit_seal" (
	"position" bigint PRIMARY KEY NOT NULL,
	"entry_id" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	"sealed_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "audit_seal_entry_key" UNIQUE("entry_id"),
	CONSTRAINT "audit_seal_position" CHECK ("audit_seal"."position" > 0)
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"queue" text NOT NULL,
	"data" jsonb NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "discount_code" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"kind" "discount_kind" NOT NULL,
	"basis_points" integer,
	"amount" integer,
	"currency" text,
	"max_uses" integer,
	"used" integer DEFAULT 0 NOT NULL,
	"valid_from" timestamp (3) with time zone,
	"valid_until" timestamp (3) with time zone,
	"course_id" uuid,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "discount_code_form" CHECK ("discount_code"."code" ~ '^[A-Z0-9][A-Z0-9-]{2,39}$'),
	CONSTRAINT "discount_code_value" CHECK (CASE "discount_code"."kind" WHEN 'percent' THEN "discount_code"."basis_points" BETWEEN 1 AND 10000 AND "discount_code"."amount" IS NULL AND "discount_code"."currency" IS NULL ELSE "discount_code"."amount" > 0 AND "discount_code"."currency" IS NOT NULL AND "discount_code"."basis_points" IS NULL END),
	CONSTRAINT "discount_code_not_overused" CHECK ("discount_code"."used" >= 0 AND ("discount_code"."max_uses" IS NULL OR "discount_code"."used" <= "discount_code"."max_uses"))
);
--> statement-breakpoint
CREATE TABLE "discount_use" (
	"id" uuid PRIMARY KEY NOT NULL,
	"discount_code_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"state" "allocation_state" DEFAULT 'active' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "discount_use_ended" CHECK (("discount_use"."state" = 'active') = ("discount_use"."ended_at" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "run_price" (
	"run_id" uuid NOT NULL,
	"region" text NOT NULL,
	"amount" integer NOT NULL,
	"currency" text NOT NULL,
	"tax_category" "tax_category" DEFAULT 'standard' NOT NULL,
	CONSTRAINT "run_price_run_id_region_pk" PRIMARY KEY("run_id","region"),
	CONSTRAINT "run_price_region_form" CHECK ("run_price"."region" ~ '^[A-Z]{2}$'),
	CONSTRAINT "run_price_form" CHECK ("run_price"."amount" >= 0 AND "run_price"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
ALTER TABLE "booking" DROP CONSTRAINT "booking_held_expires";--> statement-breakpoint
DROP INDEX "registration_successor_idx";--> statement-breakpoint
ALTER TABLE "booking" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "booking" ADD COLUMN "language" text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE "booking" ADD COLUMN "region" text;--> statement-breakpoint
ALTER TABLE "booking" ADD COLUMN "purchase_order" text;--> statement-breakpoint
ALTER TABLE "booking" ADD COLUMN "approver_name" text;--> statement-breakpoint
ALTER TABLE "booking" ADD COLUMN "approver_email" text;--> statement-breakpoint
ALTER TABLE "booking" ADD COLUMN "approved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "booking" ADD COLUMN "extended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "booking" ADD COLUMN "origin_id" uuid;--> statement-breakpoint
ALTER TABLE "registration" ADD COLUMN "tax_category" "tax_category" DEFAULT 'standard' NOT NULL;--> statement-breakpoint
ALTER TABLE "registration" ADD COLUMN "price_explanation" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "registration" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "registration" ADD COLUMN "claim_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "registration" ADD COLUMN "claimed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "registration" ADD COLUMN "cancelled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "run_capacity" ADD COLUMN "waiting" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "seat_allocation" ADD COLUMN "waitlist_entry_id" uuid;--> statement-breakpoint
ALTER TABLE "seat_allocation" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "audit_entry" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "audit_entry" ADD COLUMN "client" text;--> statement-breakpoint
ALTER TABLE "course_run" ADD COLUMN "tax_category" "tax_category" DEFAULT 'standard' NOT NULL;--> statement-breakpoint
ALTER TABLE "course_run" ADD COLUMN "price_rules" jsonb DEFAULT '{"earlyBird":[],"volume":[]}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "course_run" ADD COLUMN "pricing_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "course_run" ADD COLUMN "places_per_booker" integer DEFAULT 20 NOT NULL;--> statement-breakpoint
ALTER TABLE "course_run" ADD COLUMN "decision_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "course_run" ADD COLUMN "decision_warned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "course_run" ADD COLUMN "offer_minutes" integer DEFAULT 1440 NOT NULL;--> statement-breakpoint
ALTER TABLE "course_run" ADD COLUMN "offer_lead_minutes" integer DEFAULT 120 NOT NULL;--> statement-breakpoint
ALTER TABLE "course_run" ADD COLUMN "calendar_sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payment" ADD CONSTRAINT "payment_booking_id_booking_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."booking"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration_change" ADD CONSTRAINT "registration_change_registration_id_registration_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registration"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_registration_id_registration_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registration"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_choice" ADD CONSTRAINT "run_choice_registration_id_registration_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registration"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_run_id_run_capacity_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run_capacity"("run_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_booking_fk" FOREIGN KEY ("booking_id","run_id") REFERENCES "public"."booking"("id","run_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_skip" ADD CONSTRAINT "waitlist_skip_entry_id_waitlist_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."waitlist_entry"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discount_code" ADD CONSTRAINT "discount_code_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discount_use" ADD CONSTRAINT "discount_use_discount_code_id_discount_code_id_fk" FOREIGN KEY ("discount_code_id") REFERENCES "public"."discount_code"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discount_use" ADD CONSTRAINT "discount_use_booking_id_booking_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."booking"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_price" ADD CONSTRAINT "run_price_run_id_course_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."course_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_booking_idx" ON "payment" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "payment_late_idx" ON "payment" USING btree ("received_at") WHERE outcome = 'late';--> statement-breakpoint
CREATE INDEX "registration_change_registration_idx" ON "registration_change" USING btree ("registration_id");--> statement-breakpoint
CREATE UNIQUE INDEX "run_choice_open_key" ON "run_choice" USING btree ("registration_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "run_choice_registration_idx" ON "run_choice" USING btree ("registration_id");--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_entry_party_key" ON "waitlist_entry" USING btree ("run_id",lower("email")) WHERE status IN ('waiting', 'offered');--> statement-breakpoint
CREATE INDEX "waitlist_entry_queue_idx" ON "waitlist_entry" USING btree ("run_id","ticket") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "waitlist_entry_run_idx" ON "waitlist_entry" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "waitlist_entry_booking_idx" ON "waitlist_entry" USING btree ("booking_id","run_id") WHERE booking_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "waitlist_skip_entry_idx" ON "waitlist_skip" USING btree ("entry_id","id");--> statement-breakpoint
CREATE INDEX "mail_message_newest_idx" ON "mail_message" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "mail_message_about_idx" ON "mail_message" USING btree ("about_id");--> statement-breakpoint
CREATE INDEX "audit_seal_sealed_idx" ON "audit_seal" USING btree ("sealed_at");--> statement-breakpoint
CREATE INDEX "outbox_due_idx" ON "outbox" USING btree ("due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "discount_code_key" ON "discount_code" USING btree ("code");--> statement-breakpoint
CREATE INDEX "discount_code_course_idx" ON "discount_code" USING btree ("course_id");--> statement-breakpoint
CREATE UNIQUE INDEX "discount_use_booking_active_key" ON "discount_use" USING btree ("booking_id") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "discount_use_booking_idx" ON "discount_use" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "discount_use_code_idx" ON "discount_use" USING btree ("discount_code_id");--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_origin_id_booking_id_fk" FOREIGN KEY ("origin_id") REFERENCES "public"."booking"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_allocation" ADD CONSTRAINT "seat_allocation_waitlist_entry_fk" FOREIGN KEY ("waitlist_entry_id","run_id") REFERENCES "public"."waitlist_entry"("id","run_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "booking_origin_idx" ON "booking" USING btree ("origin_id") WHERE origin_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "booking_booker_idx" ON "booking" USING btree ("run_id",lower("booker_email")) WHERE booker_email IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "seat_allocation_waitlist_entry_active_key" ON "seat_allocation" USING btree ("waitlist_entry_id") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "seat_allocation_waitlist_entry_idx" ON "seat_allocation" USING btree ("waitlist_entry_id","run_id") WHERE waitlist_entry_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "course_run_decision_idx" ON "course_run" USING btree ("decision_at") WHERE status = 'tentative' AND decision_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "registration_successor_idx" ON "registration" USING btree ("successor_id") WHERE successor_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_awaited_has_booker" CHECK ("booking"."status" NOT IN ('awaiting_payment', 'awaiting_approval') OR ("booking"."booker_name" IS NOT NULL AND "booking"."booker_email" IS NOT NULL));--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_approver_whole" CHECK (("booking"."approver_name" IS NULL) = ("booking"."approver_email" IS NULL) AND ("booking"."status" <> 'awaiting_approval' OR "booking"."approver_email" IS NOT NULL));--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_held_expires" CHECK ("booking"."status" NOT IN ('held', 'awaiting_payment', 'awaiting_approval') OR "booking"."expires_at" IS NOT NULL);--> statement-breakpoint
ALTER TABLE "run_capacity" ADD CONSTRAINT "run_capacity_waiting" CHECK ("run_capacity"."waiting" >= 0);--> statement-breakpoint
ALTER TABLE "seat_allocation" ADD CONSTRAINT "seat_allocation_offer" CHECK (("seat_allocation"."kind" <> 'offer' OR "seat_allocation"."waitlist_entry_id" IS NOT NULL) AND ("seat_allocation"."kind" <> 'block' OR ("seat_allocation"."booking_id" IS NULL AND "seat_allocation"."waitlist_entry_id" IS NULL)));--> statement-breakpoint
ALTER TABLE "course_run" ADD CONSTRAINT "course_run_places_per_booker" CHECK ("course_run"."places_per_booker" > 0);--> statement-breakpoint
ALTER TABLE "course_run" ADD CONSTRAINT "course_run_offers" CHECK ("course_run"."offer_minutes" > 0 AND "course_run"."offer_lead_minutes" >= 0);