-- The keys are remade with the run first. What refers to them is taken off meanwhile, and checked again as it returns.
ALTER TABLE "registration" DROP CONSTRAINT "registration_booking_fk";--> statement-breakpoint
ALTER TABLE "seat_allocation" DROP CONSTRAINT "seat_allocation_booking_fk";--> statement-breakpoint
ALTER TABLE "seat_allocation" DROP CONSTRAINT "seat_allocation_waitlist_entry_fk";--> statement-breakpoint
ALTER TABLE "waitlist_entry" DROP CONSTRAINT "waitlist_entry_booking_fk";--> statement-breakpoint
ALTER TABLE "booking" DROP CONSTRAINT "booking_run_key";--> statement-breakpoint
ALTER TABLE "waitlist_entry" DROP CONSTRAINT "waitlist_entry_run_key";--> statement-breakpoint
DROP INDEX "booking_run_idx";--> statement-breakpoint
DROP INDEX "seat_allocation_booking_idx";--> statement-breakpoint
DROP INDEX "waitlist_entry_run_idx";--> statement-breakpoint
DROP INDEX "seat_allocation_waitlist_entry_active_key";--> statement-breakpoint
DROP INDEX "seat_allocation_run_idx";--> statement-breakpoint
CREATE UNIQUE INDEX "seat_allocation_waitlist_entry_active_key" ON "seat_allocation" USING btree ("waitlist_entry_id") WHERE state = 'active' AND waitlist_entry_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "seat_allocation_run_idx" ON "seat_allocation" USING btree ("run_id","booking_id");--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_run_key" UNIQUE("run_id","id");--> statement-breakpoint
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_run_key" UNIQUE("run_id","id");--> statement-breakpoint
ALTER TABLE "registration" ADD CONSTRAINT "registration_booking_fk" FOREIGN KEY ("booking_id","run_id") REFERENCES "public"."booking"("id","run_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_allocation" ADD CONSTRAINT "seat_allocation_booking_fk" FOREIGN KEY ("run_id","booking_id") REFERENCES "public"."booking"("run_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_allocation" ADD CONSTRAINT "seat_allocation_waitlist_entry_fk" FOREIGN KEY ("waitlist_entry_id","run_id") REFERENCES "public"."waitlist_entry"("id","run_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_booking_fk" FOREIGN KEY ("booking_id","run_id") REFERENCES "public"."booking"("id","run_id") ON DELETE restrict ON UPDATE no action;
