-- A report of a year looked up each enquiry's answer by a join, row by row: most of its time.
DROP TRIGGER enquiry_report ON "enquiry";--> statement-breakpoint
DROP FUNCTION lectern_report_follows_enquiry();--> statement-breakpoint
ALTER TABLE "enquiry" ADD COLUMN "answered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "enquiry" ADD COLUMN "quoted_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "enquiry" AS e SET answered_at = known.answered_at, quoted_at = known.quoted_at
  FROM "report_enquiry" AS known WHERE known.enquiry_id = e.id;--> statement-breakpoint
DROP TABLE "report_enquiry";--> statement-breakpoint

-- An enquiry is answered when somebody first does something about it; that it is spam is no answer.
CREATE FUNCTION lectern_enquiry_is_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.answered_at := coalesce(OLD.answered_at, clock_timestamp());
  IF NEW.status = 'quoted' THEN
    NEW.quoted_at := coalesce(OLD.quoted_at, clock_timestamp());
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER enquiry_answered BEFORE UPDATE OF "status" ON "enquiry" FOR EACH ROW
  WHEN (NEW.status NOT IN ('new', 'spam') AND OLD.status <> NEW.status)
  EXECUTE FUNCTION lectern_enquiry_is_answered();
