CREATE TYPE "public"."attendance_mark" AS ENUM('present', 'partial', 'absent', 'excused');--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'run_message' BEFORE 'reminder';--> statement-breakpoint
CREATE TABLE "attendance" (
	"session_id" uuid NOT NULL,
	"registration_id" uuid NOT NULL,
	"mark" "attendance_mark",
	"minutes" integer,
	"marked_by" uuid,
	"marked_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "attendance_session_id_registration_id_pk" PRIMARY KEY("session_id","registration_id"),
	CONSTRAINT "attendance_minutes" CHECK ("attendance"."minutes" IS NULL OR ("attendance"."minutes" BETWEEN 0 AND 1440 AND "attendance"."mark" IN ('present', 'partial')))
);
--> statement-breakpoint
CREATE TABLE "run_message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"registration_ids" uuid[],
	"recipients" integer NOT NULL,
	"sent_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "run_message_recipients" CHECK ("run_message"."recipients" > 0)
);
--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_registration_id_registration_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registration"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_marked_by_person_id_fk" FOREIGN KEY ("marked_by") REFERENCES "public"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_message" ADD CONSTRAINT "run_message_run_id_course_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."course_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_message" ADD CONSTRAINT "run_message_sent_by_person_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attendance_registration_idx" ON "attendance" USING btree ("registration_id");--> statement-breakpoint
CREATE INDEX "attendance_marker_idx" ON "attendance" USING btree ("marked_by") WHERE marked_by IS NOT NULL;--> statement-breakpoint
CREATE INDEX "run_message_run_idx" ON "run_message" USING btree ("run_id","created_at","id");--> statement-breakpoint
CREATE INDEX "run_message_sender_idx" ON "run_message" USING btree ("sent_by") WHERE sent_by IS NOT NULL;--> statement-breakpoint
CREATE INDEX "run_message_created_idx" ON "run_message" USING btree ("created_at");