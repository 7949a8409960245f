DROP INDEX "audit_entry_at_idx";--> statement-breakpoint
DROP INDEX "idempotency_key_created_idx";--> statement-breakpoint
CREATE INDEX "course_run_open_idx" ON "course_run" USING btree ("starts_at") WHERE status IN ('tentative', 'confirmed', 'in_progress');--> statement-breakpoint
CREATE INDEX "audit_entry_at_idx" ON "audit_entry" USING brin ("at");--> statement-breakpoint
CREATE INDEX "idempotency_key_created_idx" ON "idempotency_key" USING brin ("created_at");