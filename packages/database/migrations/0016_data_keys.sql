ALTER TABLE "key_rotation" DROP CONSTRAINT "key_rotation_data_key_id_data_key_id_fk";
--> statement-breakpoint
DROP INDEX "key_rotation_key_idx";--> statement-breakpoint
ALTER TABLE "key_rotation" ADD COLUMN "unreadable" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint

-- What a foreign key does for a column of its own, for the key id inside of an encrypted value: whoever
-- writes one keeps its key from being deleted until the transaction ends, and none is written with a key
-- that has been replaced and is gone. Run again, the transaction takes the key of today: hence the code.
CREATE FUNCTION lectern_keep_key_of(encrypted text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  wanted integer := substring(encrypted FROM '^e1:([0-9]{1,9}):')::integer;
BEGIN
  PERFORM FROM data_key WHERE id = wanted FOR KEY SHARE;
  IF NOT FOUND AND EXISTS (SELECT FROM data_key WHERE id > wanted) THEN
    RAISE EXCEPTION 'the data key % is gone', wanted USING ERRCODE = 'serialization_failure';
  END IF;
END $$;--> statement-breakpoint
CREATE FUNCTION lectern_keep_data_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lectern_keep_key_of(to_jsonb(NEW) #>> TG_ARGV);
  RETURN NULL;
END $$;--> statement-breakpoint
-- An archive begins with two bytes and its own key, encrypted.
CREATE FUNCTION lectern_keep_archive_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lectern_keep_key_of(encode(substr(NEW.archive, 3, 20), 'escape'));
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER person_phone_data_key AFTER INSERT OR UPDATE OF "phone" ON "person"
  FOR EACH ROW WHEN (NEW."phone" IS NOT NULL) EXECUTE FUNCTION lectern_keep_data_key('phone');--> statement-breakpoint
CREATE TRIGGER person_address_data_key AFTER INSERT OR UPDATE OF "address" ON "person"
  FOR EACH ROW WHEN (NEW."address" IS NOT NULL) EXECUTE FUNCTION lectern_keep_data_key('address');--> statement-breakpoint
CREATE TRIGGER person_dietary_needs_data_key AFTER INSERT OR UPDATE OF "dietary_needs" ON "person"
  FOR EACH ROW WHEN (NEW."dietary_needs" IS NOT NULL) EXECUTE FUNCTION lectern_keep_data_key('dietary_needs');--> statement-breakpoint
CREATE TRIGGER person_access_needs_data_key AFTER INSERT OR UPDATE OF "access_needs" ON "person"
  FOR EACH ROW WHEN (NEW."access_needs" IS NOT NULL) EXECUTE FUNCTION lectern_keep_data_key('access_needs');--> statement-breakpoint
CREATE TRIGGER totp_credential_secret_data_key AFTER INSERT OR UPDATE OF "secret" ON "totp_credential"
  FOR EACH ROW EXECUTE FUNCTION lectern_keep_data_key('secret');--> statement-breakpoint
CREATE TRIGGER identity_provider_client_secret_data_key AFTER INSERT OR UPDATE OF "client_secret" ON "identity_provider"
  FOR EACH ROW EXECUTE FUNCTION lectern_keep_data_key('client_secret');--> statement-breakpoint
CREATE TRIGGER booking_booker_phone_data_key AFTER INSERT OR UPDATE OF "booker_phone" ON "booking"
  FOR EACH ROW WHEN (NEW."booker_phone" IS NOT NULL) EXECUTE FUNCTION lectern_keep_data_key('booker_phone');--> statement-breakpoint
CREATE TRIGGER enquiry_phone_data_key AFTER INSERT OR UPDATE OF "phone" ON "enquiry"
  FOR EACH ROW WHEN (NEW."phone" IS NOT NULL) EXECUTE FUNCTION lectern_keep_data_key('phone');--> statement-breakpoint
CREATE TRIGGER idempotency_key_answer_data_key AFTER INSERT OR UPDATE OF "answer" ON "idempotency_key"
  FOR EACH ROW WHEN (NEW."answer" ? 'e1') EXECUTE FUNCTION lectern_keep_data_key('answer', 'e1');--> statement-breakpoint
CREATE TRIGGER privacy_request_archive_data_key AFTER INSERT OR UPDATE OF "archive" ON "privacy_request"
  FOR EACH ROW WHEN (NEW."archive" IS NOT NULL) EXECUTE FUNCTION lectern_keep_archive_key();
