ALTER TABLE "enquiry" ADD COLUMN "note" text;--> statement-breakpoint
CREATE INDEX "mail_message_recipient_idx" ON "mail_message" USING btree (lower("recipient_email"));--> statement-breakpoint
CREATE INDEX "audit_entry_actor_idx" ON "audit_entry" USING btree ("actor_id") WHERE actor_kind IN ('person', 'token');