CREATE TYPE "public"."quote_status" AS ENUM('draft', 'sent', 'accepted', 'declined', 'expired');--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'quote' BEFORE 'verify_email';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'quote_accepted' BEFORE 'verify_email';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'quote_withdrawn' BEFORE 'verify_email';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'quote_answered' BEFORE 'verify_email';--> statement-breakpoint
CREATE TABLE "quote" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "quote_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1001 CACHE 1),
	"enquiry_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"status" "quote_status" DEFAULT 'draft' NOT NULL,
	"places" integer NOT NULL,
	"unit_amount" integer NOT NULL,
	"currency" text NOT NULL,
	"tax_category" "tax_category" NOT NULL,
	"message" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"recipient_name" text NOT NULL,
	"recipient_email" text NOT NULL,
	"recipient_company" text,
	"language" text DEFAULT 'en' NOT NULL,
	"last_day" date NOT NULL,
	"good_until" timestamp (3) with time zone NOT NULL,
	"copied_from_id" uuid,
	"booking_id" uuid,
	"is_withdrawn" boolean DEFAULT false NOT NULL,
	"withdrawn_reason" text,
	"declined_reason" text,
	"sent_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "quote_number_key" UNIQUE("number"),
	CONSTRAINT "quote_places_positive" CHECK ("quote"."places" > 0),
	CONSTRAINT "quote_amount" CHECK ("quote"."unit_amount" >= 0),
	CONSTRAINT "quote_sent" CHECK (("quote"."status" = 'draft') = ("quote"."sent_at" IS NULL)),
	CONSTRAINT "quote_ended" CHECK (("quote"."status" IN ('draft', 'sent')) = ("quote"."ended_at" IS NULL)),
	CONSTRAINT "quote_accepted" CHECK (("quote"."status" = 'accepted') = ("quote"."booking_id" IS NOT NULL)),
	CONSTRAINT "quote_withdrawn" CHECK (NOT "quote"."is_withdrawn" OR "quote"."status" = 'expired')
);
--> statement-breakpoint
DROP INDEX "enquiry_course_idx";--> statement-breakpoint
ALTER TABLE "quote" ADD CONSTRAINT "quote_enquiry_id_enquiry_id_fk" FOREIGN KEY ("enquiry_id") REFERENCES "public"."enquiry"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quote" ADD CONSTRAINT "quote_run_id_course_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."course_run"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quote" ADD CONSTRAINT "quote_copied_from_id_quote_id_fk" FOREIGN KEY ("copied_from_id") REFERENCES "public"."quote"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quote" ADD CONSTRAINT "quote_booking_fk" FOREIGN KEY ("run_id","booking_id") REFERENCES "public"."booking"("run_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "quote_booking_key" ON "quote" USING btree ("booking_id") WHERE booking_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "quote_enquiry_idx" ON "quote" USING btree ("enquiry_id","created_at","id");--> statement-breakpoint
CREATE INDEX "quote_run_idx" ON "quote" USING btree ("run_id","created_at","id");--> statement-breakpoint
CREATE INDEX "quote_newest_idx" ON "quote" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "quote_status_idx" ON "quote" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "quote_copied_from_idx" ON "quote" USING btree ("copied_from_id") WHERE copied_from_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "quote_due_idx" ON "quote" USING btree ("good_until") WHERE status = 'sent';--> statement-breakpoint
CREATE INDEX "quote_recipient_idx" ON "quote" USING btree (lower("recipient_email"));--> statement-breakpoint
CREATE INDEX "quote_recipient_part_idx" ON "quote" USING gin (lower("recipient_name") gin_trgm_ops,lower("recipient_email") gin_trgm_ops,lower("recipient_company") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "enquiry_sender_part_idx" ON "enquiry" USING gin (lower("name") gin_trgm_ops,lower("email") gin_trgm_ops,lower("company") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "enquiry_course_idx" ON "enquiry" USING btree ("course_id","created_at","id");