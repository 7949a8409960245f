-- What Drizzle's schema language cannot say.

-- One room and one instructor are never in two places. Deferrable, so that a reschedule may move
-- all sittings of a run before the rule is checked.
ALTER TABLE "session" ADD CONSTRAINT "session_room_free"
  EXCLUDE USING gist ("room_id" WITH =, tstzrange("starts_at", "ends_at", '[)') WITH &&)
  WHERE ("room_id" IS NOT NULL AND "is_active")
  DEFERRABLE INITIALLY IMMEDIATE;--> statement-breakpoint
ALTER TABLE "session_instructor" ADD CONSTRAINT "session_instructor_free"
  EXCLUDE USING gist ("instructor_id" WITH =, tstzrange("starts_at", "ends_at", '[)') WITH &&)
  WHERE ("is_active")
  DEFERRABLE INITIALLY IMMEDIATE;--> statement-breakpoint

-- The audit log only grows.
CREATE FUNCTION lectern_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_refuse_change();
