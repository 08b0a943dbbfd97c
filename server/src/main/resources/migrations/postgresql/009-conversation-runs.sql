-- Which message stands at which place of a conversation, 16 places to a row, instead of an index that writes a page
-- somewhere else for each message. The run that is being filled stands in the conversation's narrow row.

CREATE TABLE conversation_run (
  workspace_key BIGINT NOT NULL,
  conversation_key BIGINT NOT NULL,
  run BIGINT NOT NULL,
  message_ids BYTEA NOT NULL,
  PRIMARY KEY (workspace_key, conversation_key, run));

ALTER TABLE conversation_state ADD COLUMN message_ids BYTEA NOT NULL DEFAULT ''::bytea;

-- A place whose message has moved is nobody's.
INSERT INTO conversation_run (workspace_key, conversation_key, run, message_ids)
SELECT r.workspace_key, r.conversation_key, r.run,
  string_agg(COALESCE(m.id, decode(repeat('00', 12), 'hex')), ''::bytea ORDER BY slot.n)
FROM (SELECT DISTINCT workspace_key, conversation_key, (seq - 1) / 16 AS run FROM message) r
JOIN conversation_state s
  ON s.workspace_key = r.workspace_key AND s.conversation_key = r.conversation_key
CROSS JOIN generate_series(1, 16) AS slot(n)
LEFT JOIN message m
  ON m.workspace_key = r.workspace_key AND m.conversation_key = r.conversation_key
    AND m.seq = r.run * 16 + slot.n
WHERE r.run * 16 + slot.n <= s.message_seq
GROUP BY r.workspace_key, r.conversation_key, r.run;

UPDATE conversation_state
SET message_ids = decode(repeat('00', 12 * ((message_seq - 1) % 16 + 1)::int), 'hex')
WHERE message_seq > 0;

UPDATE conversation_state s SET message_ids = r.message_ids
FROM conversation_run r
WHERE r.workspace_key = s.workspace_key AND r.conversation_key = s.conversation_key
  AND r.run = (s.message_seq - 1) / 16 AND s.message_seq > 0;

DELETE FROM conversation_run r USING conversation_state s
WHERE s.workspace_key = r.workspace_key AND s.conversation_key = r.conversation_key
  AND r.run = (s.message_seq - 1) / 16;

ALTER TABLE message DROP CONSTRAINT message_pkey;

ALTER TABLE message ADD CONSTRAINT message_by_id PRIMARY KEY USING INDEX message_by_id;
