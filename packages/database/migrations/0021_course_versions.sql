CREATE TYPE "public"."course_version_action" AS ENUM('earlier', 'create', 'update', 'import', 'restore', 'submit', 'send_back', 'publish', 'retire');--> statement-breakpoint
CREATE TABLE "article_former_slug" (
	"slug" text PRIMARY KEY NOT NULL,
	"article_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "course_former_slug" (
	"slug" text PRIMARY KEY NOT NULL,
	"course_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "course_version" (
	"course_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"action" "course_version_action" NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"status" "course_status" NOT NULL,
	"snapshot" jsonb NOT NULL,
	"changed" text[] DEFAULT '{}' NOT NULL,
	"saved_by_kind" "actor_kind" NOT NULL,
	"saved_by_id" uuid,
	"saved_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "course_version_course_id_version_pk" PRIMARY KEY("course_id","version")
);
--> statement-breakpoint
ALTER TABLE "course_translation" ADD COLUMN "prerequisites" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "course_translation" ADD COLUMN "outcomes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "course_translation" ADD COLUMN "syllabus" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "course_translation" ADD COLUMN "source_version" integer;--> statement-breakpoint
ALTER TABLE "article_former_slug" ADD CONSTRAINT "article_former_slug_article_id_article_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."article"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_former_slug" ADD CONSTRAINT "course_former_slug_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_version" ADD CONSTRAINT "course_version_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_version" ADD CONSTRAINT "course_version_saved_by_id_person_id_fk" FOREIGN KEY ("saved_by_id") REFERENCES "public"."person"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "article_former_slug_article_idx" ON "article_former_slug" USING btree ("article_id");--> statement-breakpoint
CREATE INDEX "course_former_slug_course_idx" ON "course_former_slug" USING btree ("course_id");--> statement-breakpoint
CREATE INDEX "course_version_saved_by_idx" ON "course_version" USING btree ("saved_by_id") WHERE saved_by_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "article_updated_idx" ON "article" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "course_updated_idx" ON "course" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "course_title_idx" ON "course" USING btree (left("search_title", 64),"id");