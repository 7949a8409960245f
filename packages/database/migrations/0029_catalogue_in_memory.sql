CREATE TABLE "catalogue_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "catalogue_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"course_id" uuid,
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "course_word" (
	"word" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_enquiry" (
	"enquiry_id" uuid PRIMARY KEY NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"quoted_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "search_head" "tsvector" GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', lectern_fold("course"."code")), 'A') ||
        setweight(to_tsvector('english', lectern_fold("course"."title")), 'A') ||
        setweight(to_tsvector('english', lectern_fold(lectern_join("course"."keywords"))), 'B') ||
        setweight(to_tsvector('english', lectern_fold("course"."summary")), 'B')) STORED;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "search_words" text GENERATED ALWAYS AS (' ' || translate(lectern_fold("course"."title" || ' ' || "course"."code"), '-/(.,:&', '       ')) STORED;--> statement-breakpoint
ALTER TABLE "report_enquiry" ADD CONSTRAINT "report_enquiry_enquiry_id_enquiry_id_fk" FOREIGN KEY ("enquiry_id") REFERENCES "public"."enquiry"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "catalogue_change_transaction_idx" ON "catalogue_change" USING btree ("transaction");--> statement-breakpoint
CREATE INDEX "catalogue_change_created_idx" ON "catalogue_change" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "course_word_alike_idx" ON "course_word" USING gin ("word" gin_trgm_ops);