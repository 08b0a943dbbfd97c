-- The same rows, said so that SQLite compares a row's state with three texts. Of a list of three it makes a table, anew for every
-- statement that writes to the outbox: as much work as the rest of the insert.

DROP INDEX outbox_aside;
CREATE INDEX outbox_aside ON outbox (channel_key, state, message_id)
  WHERE state = 'SCHEDULED' OR state = 'IN_DOUBT' OR state = 'HELD';
