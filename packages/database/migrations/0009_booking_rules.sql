-- Whoever prices a place reads the price first, and takes the place later: the version tells whether
-- anything that the price depends on has changed in between.
CREATE FUNCTION lectern_count_pricing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.pricing_version := OLD.pricing_version + 1;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER course_run_pricing BEFORE UPDATE ON "course_run" FOR EACH ROW
  WHEN ((OLD.price_amount, OLD.price_currency, OLD.tax_category, OLD.price_rules)
    IS DISTINCT FROM (NEW.price_amount, NEW.price_currency, NEW.tax_category, NEW.price_rules))
  EXECUTE FUNCTION lectern_count_pricing();--> statement-breakpoint
CREATE FUNCTION lectern_run_price_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE course_run SET pricing_version = pricing_version + 1
  WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.run_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.run_id END);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER run_price_pricing AFTER INSERT OR UPDATE OR DELETE ON "run_price"
  FOR EACH ROW EXECUTE FUNCTION lectern_run_price_changed();--> statement-breakpoint
-- What the audit log and its chain say is never taken back: neither by a statement of anybody, nor by a
-- right of the role that Lectern's statements run as.
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_seal"
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_refuse_change();--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_entry", "audit_seal" FROM PUBLIC, CURRENT_USER;
