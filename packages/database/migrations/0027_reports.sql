CREATE TABLE "report_booking_day" (
	"grain" text NOT NULL,
	"day" date NOT NULL,
	"slice_id" integer NOT NULL,
	"bookings" integer NOT NULL,
	"places" integer NOT NULL,
	"booked" bigint NOT NULL,
	"moved_places" integer NOT NULL,
	"moved" bigint NOT NULL,
	"given_back" bigint NOT NULL,
	CONSTRAINT "report_booking_day_grain_day_slice_id_pk" PRIMARY KEY("grain","day","slice_id")
);
--> statement-breakpoint
CREATE TABLE "report_cancellation_day" (
	"grain" text NOT NULL,
	"day" date NOT NULL,
	"slice_id" integer NOT NULL,
	"cause" text NOT NULL,
	"notice_from" integer NOT NULL,
	"places" integer NOT NULL,
	"unsettled" integer NOT NULL,
	"notice_days" bigint NOT NULL,
	"fee" bigint NOT NULL,
	"refund" bigint NOT NULL,
	CONSTRAINT "report_cancellation_day_grain_day_slice_id_cause_notice_from_pk" PRIMARY KEY("grain","day","slice_id","cause","notice_from")
);
--> statement-breakpoint
CREATE TABLE "report_course" (
	"course_id" uuid PRIMARY KEY NOT NULL,
	"topic_ids" uuid[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_run_day" (
	"grain" text NOT NULL,
	"day" date NOT NULL,
	"slice_id" integer NOT NULL,
	"is_tentative" boolean NOT NULL,
	"runs" integer NOT NULL,
	"capacity" bigint NOT NULL,
	"taken" bigint NOT NULL,
	CONSTRAINT "report_run_day_grain_day_slice_id_is_tentative_pk" PRIMARY KEY("grain","day","slice_id","is_tentative")
);
--> statement-breakpoint
CREATE TABLE "report_slice" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "report_slice_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"topic_ids" uuid[] NOT NULL,
	"country" text NOT NULL,
	"city" text NOT NULL,
	"delivery_mode" "delivery_mode" NOT NULL,
	"is_company" boolean NOT NULL,
	"currency" text NOT NULL,
	CONSTRAINT "report_slice_key" UNIQUE("topic_ids","country","city","delivery_mode","is_company","currency")
);
--> statement-breakpoint
CREATE TABLE "report_stale" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "report_stale_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_stale_kind" CHECK ("report_stale"."kind" IN ('bookings', 'cancellations', 'runs'))
);
--> statement-breakpoint
ALTER TABLE "report_course" ADD CONSTRAINT "report_course_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "booking_confirmed_idx" ON "booking" USING btree ("confirmed_at") WHERE confirmed_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "registration_cancelled_idx" ON "registration" USING btree ("cancelled_at") WHERE cancelled_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "registration_change_created_idx" ON "registration_change" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "waitlist_entry_created_idx" ON "waitlist_entry" USING btree ("created_at");