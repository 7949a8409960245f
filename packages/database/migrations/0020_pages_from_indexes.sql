DROP INDEX "course_title_idx";--> statement-breakpoint
DROP INDEX "article_published_idx";--> statement-breakpoint
DROP INDEX "enquiry_newest_idx";--> statement-breakpoint
DROP INDEX "enquiry_status_idx";--> statement-breakpoint
DROP INDEX "mail_message_newest_idx";--> statement-breakpoint
CREATE INDEX "course_listed_idx" ON "course" USING btree (left("search_title", 64),"id") WHERE status = 'published';--> statement-breakpoint
CREATE INDEX "organisation_part_idx" ON "organisation" USING gin (lower("name") gin_trgm_ops,lower("registration_number") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "organisation_domain_part_idx" ON "organisation_domain" USING gin ("domain" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "person_part_idx" ON "person" USING gin (lower("name") gin_trgm_ops,lower("email") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "article_published_idx" ON "article" USING btree ("published_at","id") WHERE status = 'published';--> statement-breakpoint
CREATE INDEX "enquiry_newest_idx" ON "enquiry" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "enquiry_status_idx" ON "enquiry" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "mail_message_newest_idx" ON "mail_message" USING btree ("created_at","id");