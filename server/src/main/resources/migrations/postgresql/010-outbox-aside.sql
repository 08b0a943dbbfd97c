-- As on SQLite, where this is faster, so that both have the same schema.

DROP INDEX outbox_aside;
CREATE INDEX outbox_aside ON outbox (channel_key, state, message_id)
  WHERE state = 'SCHEDULED' OR state = 'IN_DOUBT' OR state = 'HELD';
