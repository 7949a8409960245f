DROP INDEX "course_run_venue_idx";--> statement-breakpoint
DROP INDEX "session_room_idx";--> statement-breakpoint
DROP INDEX "session_instructor_instructor_idx";--> statement-breakpoint
CREATE INDEX "course_run_start_idx" ON "course_run" USING btree ("starts_at","id");--> statement-breakpoint
CREATE INDEX "course_run_long_idx" ON "course_run" USING gist (tstzrange("starts_at", "ends_at", '[]')) WHERE ends_at - starts_at > interval '7 days';--> statement-breakpoint
CREATE INDEX "course_run_venue_idx" ON "course_run" USING btree ("venue_id","starts_at");--> statement-breakpoint
CREATE INDEX "session_room_idx" ON "session" USING btree ("room_id","starts_at");--> statement-breakpoint
CREATE INDEX "session_instructor_instructor_idx" ON "session_instructor" USING btree ("instructor_id","starts_at");