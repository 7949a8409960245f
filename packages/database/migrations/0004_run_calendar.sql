CREATE TABLE "run_calendar" (
	"course_id" uuid NOT NULL,
	"venue_id" uuid,
	"delivery_mode" "delivery_mode" NOT NULL,
	"language" text NOT NULL,
	"time_zone" text NOT NULL,
	"price_amount" integer,
	"price_currency" text,
	"starts" timestamp (3) with time zone[] NOT NULL,
	CONSTRAINT "run_calendar_key" UNIQUE NULLS NOT DISTINCT("course_id","venue_id","delivery_mode","language","time_zone","price_amount","price_currency"),
	CONSTRAINT "run_calendar_has_starts" CHECK (cardinality("run_calendar"."starts") > 0)
);
--> statement-breakpoint
ALTER TABLE "run_calendar" ADD CONSTRAINT "run_calendar_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_calendar" ADD CONSTRAINT "run_calendar_venue_id_venue_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venue"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_calendar_venue_idx" ON "run_calendar" USING btree ("venue_id");