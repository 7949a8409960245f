-- Which days the sums of reports are stale for. Rows are only added here, so that no transaction waits for another one
-- because of a report; several for the same day do no harm.

-- Zones differ by quarters of an hour: moments within one lie on the same day everywhere.
CREATE FUNCTION lectern_report_moment(at timestamptz) RETURNS timestamptz
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT date_bin('15 minutes', at, timestamptz 'epoch') $$;--> statement-breakpoint

-- The number of a slice, which is made where there is none yet. Looked up first: a number that is tried in vain is lost.
CREATE FUNCTION lectern_report_slice(topics uuid[], in_country text, in_city text, mode delivery_mode, of_company boolean, in_currency text)
  RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  found_id integer;
BEGIN
  SELECT id INTO found_id FROM report_slice
    WHERE topic_ids = topics AND country = in_country AND city = in_city AND delivery_mode = mode
      AND is_company = of_company AND currency = in_currency;
  IF found_id IS NULL THEN
    INSERT INTO report_slice (topic_ids, country, city, delivery_mode, is_company, currency)
      VALUES (topics, in_country, in_city, mode, of_company, in_currency)
      RETURNING id INTO found_id;
  END IF;
  RETURN found_id;
END $$;--> statement-breakpoint

-- Whatever these bookings are counted in.
CREATE FUNCTION lectern_report_bookings_stale(bookings uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO report_stale (kind, at)
  SELECT DISTINCT kind, lectern_report_moment(at) FROM (
    SELECT 'bookings', confirmed_at FROM booking
      WHERE id = ANY (bookings) AND confirmed_at IS NOT NULL
    UNION ALL
    SELECT 'bookings', c.created_at
      FROM registration AS r JOIN registration_change AS c ON c.registration_id = r.id
      WHERE r.booking_id = ANY (bookings) AND c.kind <> 'substitution'
    UNION ALL
    SELECT 'cancellations', cancelled_at FROM registration
      WHERE booking_id = ANY (bookings) AND cancelled_at IS NOT NULL
  ) AS counted (kind, at);
END $$;--> statement-breakpoint

-- Whatever these runs and their bookings are counted in.
CREATE FUNCTION lectern_report_runs_stale(runs uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO report_stale (kind, at)
    SELECT DISTINCT 'runs', lectern_report_moment(starts_at) FROM course_run WHERE id = ANY (runs);
  PERFORM lectern_report_bookings_stale(ARRAY(SELECT id FROM booking WHERE run_id = ANY (runs)));
END $$;--> statement-breakpoint

CREATE FUNCTION lectern_report_follows_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO report_stale (kind, at) VALUES ('runs', OLD.starts_at);
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO report_stale (kind, at) VALUES ('runs', NEW.starts_at);
    -- Where it is taught, and with how much notice something was cancelled.
    IF (OLD.course_id, OLD.venue_id, OLD.delivery_mode, OLD.starts_at)
      IS DISTINCT FROM (NEW.course_id, NEW.venue_id, NEW.delivery_mode, NEW.starts_at) THEN
      PERFORM lectern_report_bookings_stale(ARRAY(SELECT id FROM booking WHERE run_id = NEW.id));
    END IF;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER course_run_report_update AFTER UPDATE ON "course_run" FOR EACH ROW
  WHEN ((OLD.course_id, OLD.venue_id, OLD.delivery_mode, OLD.starts_at, OLD.status = 'tentative', OLD.status IN ('draft', 'cancelled'))
    IS DISTINCT FROM (NEW.course_id, NEW.venue_id, NEW.delivery_mode, NEW.starts_at, NEW.status = 'tentative', NEW.status IN ('draft', 'cancelled')))
  EXECUTE FUNCTION lectern_report_follows_run();--> statement-breakpoint
CREATE TRIGGER course_run_report_delete AFTER DELETE ON "course_run"
  FOR EACH ROW EXECUTE FUNCTION lectern_report_follows_run();--> statement-breakpoint

-- A run counts from when it has a capacity.
CREATE FUNCTION lectern_report_follows_capacities() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO report_stale (kind, at)
    SELECT DISTINCT 'runs', lectern_report_moment(r.starts_at)
    FROM new_rows AS c JOIN course_run AS r ON r.id = c.run_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER run_capacity_report_insert AFTER INSERT ON "run_capacity"
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_report_follows_capacities();--> statement-breakpoint

CREATE FUNCTION lectern_report_follows_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO report_stale (kind, at)
    SELECT 'runs', starts_at FROM course_run WHERE id = OLD.run_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER run_capacity_report_update AFTER UPDATE ON "run_capacity" FOR EACH ROW
  WHEN (OLD.capacity <> NEW.capacity OR OLD.taken <> NEW.taken)
  EXECUTE FUNCTION lectern_report_follows_capacity();--> statement-breakpoint
CREATE TRIGGER run_capacity_report_delete AFTER DELETE ON "run_capacity"
  FOR EACH ROW EXECUTE FUNCTION lectern_report_follows_capacity();--> statement-breakpoint

CREATE FUNCTION lectern_report_follows_booking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.confirmed_at IS NOT NULL THEN
    INSERT INTO report_stale (kind, at) VALUES ('bookings', OLD.confirmed_at);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM lectern_report_bookings_stale(ARRAY[NEW.id]);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER booking_report_insert AFTER INSERT ON "booking" FOR EACH ROW
  WHEN (NEW.confirmed_at IS NOT NULL)
  EXECUTE FUNCTION lectern_report_follows_booking();--> statement-breakpoint
CREATE TRIGGER booking_report_update AFTER UPDATE ON "booking" FOR EACH ROW
  WHEN ((OLD.confirmed_at IS NOT NULL OR NEW.confirmed_at IS NOT NULL)
    AND (OLD.confirmed_at, OLD.places, OLD.run_id, OLD.origin_id, OLD.organisation_id IS NULL AND OLD.booker_company IS NULL)
      IS DISTINCT FROM (NEW.confirmed_at, NEW.places, NEW.run_id, NEW.origin_id, NEW.organisation_id IS NULL AND NEW.booker_company IS NULL))
  EXECUTE FUNCTION lectern_report_follows_booking();--> statement-breakpoint
CREATE TRIGGER booking_report_delete AFTER DELETE ON "booking" FOR EACH ROW
  WHEN (OLD.confirmed_at IS NOT NULL)
  EXECUTE FUNCTION lectern_report_follows_booking();--> statement-breakpoint

CREATE FUNCTION lectern_report_follows_registration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO report_stale (kind, at)
      SELECT 'bookings', confirmed_at FROM booking
      WHERE id = OLD.booking_id AND confirmed_at IS NOT NULL;
    IF OLD.cancelled_at IS NOT NULL THEN
      INSERT INTO report_stale (kind, at) VALUES ('cancellations', OLD.cancelled_at);
    END IF;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    IF TG_OP = 'INSERT' OR OLD.booking_id <> NEW.booking_id THEN
      INSERT INTO report_stale (kind, at)
        SELECT 'bookings', confirmed_at FROM booking
        WHERE id = NEW.booking_id AND confirmed_at IS NOT NULL;
    END IF;
    IF NEW.cancelled_at IS NOT NULL THEN
      INSERT INTO report_stale (kind, at) VALUES ('cancellations', NEW.cancelled_at);
    END IF;
    -- What a transfer took away depends on what the place had cost.
    INSERT INTO report_stale (kind, at)
      SELECT 'bookings', created_at FROM registration_change
      WHERE registration_id = NEW.id AND kind <> 'substitution';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER registration_report_insert AFTER INSERT ON "registration" FOR EACH ROW
  WHEN (NEW.status <> 'reserved' OR NEW.cancelled_at IS NOT NULL)
  EXECUTE FUNCTION lectern_report_follows_registration();--> statement-breakpoint
CREATE TRIGGER registration_report_update AFTER UPDATE ON "registration" FOR EACH ROW
  WHEN ((OLD.booking_id, OLD.status, OLD.price_amount, OLD.price_currency, OLD.cancelled_at)
    IS DISTINCT FROM (NEW.booking_id, NEW.status, NEW.price_amount, NEW.price_currency, NEW.cancelled_at))
  EXECUTE FUNCTION lectern_report_follows_registration();--> statement-breakpoint
CREATE TRIGGER registration_report_delete AFTER DELETE ON "registration"
  FOR EACH ROW EXECUTE FUNCTION lectern_report_follows_registration();--> statement-breakpoint

CREATE FUNCTION lectern_report_follows_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO report_stale (kind, at)
      SELECT 'bookings', OLD.created_at UNION ALL
      SELECT 'cancellations', cancelled_at FROM registration
        WHERE id = OLD.registration_id AND cancelled_at IS NOT NULL;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO report_stale (kind, at)
      SELECT 'bookings', NEW.created_at UNION ALL
      SELECT 'cancellations', cancelled_at FROM registration
        WHERE id = NEW.registration_id AND cancelled_at IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER registration_change_report_insert AFTER INSERT ON "registration_change" FOR EACH ROW
  WHEN (NEW.kind <> 'substitution')
  EXECUTE FUNCTION lectern_report_follows_change();--> statement-breakpoint
CREATE TRIGGER registration_change_report_update AFTER UPDATE ON "registration_change" FOR EACH ROW
  WHEN (OLD.kind <> 'substitution' OR NEW.kind <> 'substitution')
  EXECUTE FUNCTION lectern_report_follows_change();--> statement-breakpoint
CREATE TRIGGER registration_change_report_delete AFTER DELETE ON "registration_change" FOR EACH ROW
  WHEN (OLD.kind <> 'substitution')
  EXECUTE FUNCTION lectern_report_follows_change();--> statement-breakpoint

-- What the academy cancelled: the date, or the time that it was at.
CREATE FUNCTION lectern_report_follows_choice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO report_stale (kind, at)
    SELECT 'cancellations', cancelled_at FROM registration
    WHERE cancelled_at IS NOT NULL AND id IN (
      CASE WHEN TG_OP <> 'INSERT' THEN OLD.registration_id END,
      CASE WHEN TG_OP <> 'DELETE' THEN NEW.registration_id END
    );
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER run_choice_report AFTER INSERT OR DELETE OR UPDATE OF "kind", "registration_id", "created_at" ON "run_choice"
  FOR EACH ROW EXECUTE FUNCTION lectern_report_follows_choice();--> statement-breakpoint

CREATE FUNCTION lectern_report_follows_venue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lectern_report_runs_stale(ARRAY(SELECT id FROM course_run WHERE venue_id = NEW.id));
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER venue_report AFTER UPDATE ON "venue" FOR EACH ROW
  WHEN ((OLD.country, OLD.city) IS DISTINCT FROM (NEW.country, NEW.city))
  EXECUTE FUNCTION lectern_report_follows_venue();--> statement-breakpoint

-- Whoever edits a course takes its topics away and gives it the same again. So this is looked at when all is written,
-- and nothing is stale unless they differ from what the sums know. The course's row is locked first, so that the
-- statements after it see what whoever held it has committed.
CREATE FUNCTION lectern_report_follows_topics() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed uuid;
  topics uuid[];
BEGIN
  FOREACH changed IN ARRAY CASE TG_OP
    WHEN 'INSERT' THEN ARRAY[NEW.course_id]
    WHEN 'DELETE' THEN ARRAY[OLD.course_id]
    ELSE ARRAY[OLD.course_id, NEW.course_id] END
  LOOP
    PERFORM FROM course WHERE id = changed FOR NO KEY UPDATE;
    CONTINUE WHEN NOT FOUND;
    topics := ARRAY(SELECT topic_id FROM course_topic WHERE course_id = changed ORDER BY topic_id);
    INSERT INTO report_course AS known (course_id, topic_ids) VALUES (changed, topics)
      ON CONFLICT (course_id) DO UPDATE SET topic_ids = EXCLUDED.topic_ids
      WHERE known.topic_ids <> EXCLUDED.topic_ids;
    IF FOUND THEN
      PERFORM lectern_report_runs_stale(ARRAY(SELECT id FROM course_run WHERE course_id = changed));
    END IF;
  END LOOP;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER course_topic_report AFTER INSERT OR UPDATE OR DELETE ON "course_topic"
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION lectern_report_follows_topics();--> statement-breakpoint

-- Nothing says of which days: all sums are computed anew.
CREATE FUNCTION lectern_report_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM academy_fact WHERE name = 'reports';
  IF TG_TABLE_NAME = 'course_topic' THEN
    DELETE FROM report_course;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER course_run_report_truncate AFTER TRUNCATE ON "course_run"
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_report_forgets();--> statement-breakpoint
CREATE TRIGGER run_capacity_report_truncate AFTER TRUNCATE ON "run_capacity"
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_report_forgets();--> statement-breakpoint
CREATE TRIGGER booking_report_truncate AFTER TRUNCATE ON "booking"
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_report_forgets();--> statement-breakpoint
CREATE TRIGGER registration_report_truncate AFTER TRUNCATE ON "registration"
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_report_forgets();--> statement-breakpoint
CREATE TRIGGER registration_change_report_truncate AFTER TRUNCATE ON "registration_change"
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_report_forgets();--> statement-breakpoint
CREATE TRIGGER course_topic_report_truncate AFTER TRUNCATE ON "course_topic"
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_report_forgets();--> statement-breakpoint
CREATE TRIGGER run_choice_report_truncate AFTER TRUNCATE ON "run_choice"
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_report_forgets();--> statement-breakpoint

INSERT INTO report_course (course_id, topic_ids)
  SELECT course_id, array_agg(topic_id ORDER BY topic_id) FROM course_topic GROUP BY course_id;
