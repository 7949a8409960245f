-- See the migration `0016_data_keys`.
CREATE TRIGGER join_link_url_data_key AFTER INSERT OR UPDATE OF "url" ON "join_link"
  FOR EACH ROW EXECUTE FUNCTION lectern_keep_data_key('url');
