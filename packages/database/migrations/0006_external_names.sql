ALTER TABLE "course" ADD COLUMN "related_external_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "course_named_key" ON "course" USING btree ((coalesce("external_id", 'urn:uuid:' || "id"::text) COLLATE "C"));--> statement-breakpoint
CREATE INDEX "course_related_external_ids_idx" ON "course" USING gin ("related_external_ids");--> statement-breakpoint
CREATE UNIQUE INDEX "course_run_named_key" ON "course_run" USING btree ((coalesce("external_id", 'urn:uuid:' || "id"::text) COLLATE "C"));