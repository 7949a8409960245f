-- A registration and a session of two runs have nothing to do with each other. Neither ever changes its run.
CREATE FUNCTION lectern_check_attendance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM session s JOIN registration r ON r.run_id = s.run_id
    WHERE s.id = NEW.session_id AND r.id = NEW.registration_id
  ) THEN
    RAISE EXCEPTION 'The registration and the session are of two runs'
      USING ERRCODE = '23514', CONSTRAINT = 'attendance_of_one_run', TABLE = 'attendance';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER attendance_of_one_run AFTER INSERT ON "attendance"
  FOR EACH ROW EXECUTE FUNCTION lectern_check_attendance();--> statement-breakpoint
-- A session that is moved keeps its id: what was marked days before its new start was of another day.
CREATE FUNCTION lectern_forget_attendance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM attendance WHERE session_id = NEW.id AND marked_at < NEW.starts_at - interval '1 day';
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER session_moved_attendance AFTER UPDATE OF starts_at ON "session" FOR EACH ROW
  WHEN (NEW.starts_at > OLD.starts_at) EXECUTE FUNCTION lectern_forget_attendance();
