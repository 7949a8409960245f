-- An enquiry is answered when somebody first does something about it; that it is spam is no answer.
CREATE FUNCTION lectern_report_follows_enquiry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO report_enquiry AS known (enquiry_id, answered_at, quoted_at)
    VALUES (NEW.id, clock_timestamp(), CASE WHEN NEW.status = 'quoted' THEN clock_timestamp() END)
    ON CONFLICT (enquiry_id) DO UPDATE SET quoted_at = coalesce(known.quoted_at, EXCLUDED.quoted_at);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER enquiry_report AFTER UPDATE OF "status" ON "enquiry" FOR EACH ROW
  WHEN (NEW.status NOT IN ('new', 'spam') AND OLD.status <> NEW.status)
  EXECUTE FUNCTION lectern_report_follows_enquiry();--> statement-breakpoint

-- What the audit log knows of those that are there.
INSERT INTO report_enquiry (enquiry_id, answered_at, quoted_at)
  SELECT e.id, min(a.at), min(a.at) FILTER (WHERE a.after->>'status' = 'quoted')
  FROM enquiry AS e JOIN audit_entry AS a ON a.entity = 'enquiry' AND a.entity_id = e.id
  WHERE a.action = 'enquiry.move' AND a.after->>'status' NOT IN ('new', 'spam')
  GROUP BY e.id;
