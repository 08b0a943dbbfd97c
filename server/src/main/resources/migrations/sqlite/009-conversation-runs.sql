-- Which message stands at which place of a conversation, 16 places to a row, instead of an index that writes a page
-- somewhere else for each message. The run that is being filled stands in the conversation's narrow row.

CREATE TABLE conversation_run (
  workspace_key INTEGER NOT NULL,
  conversation_key INTEGER NOT NULL,
  run INTEGER NOT NULL,
  message_ids BLOB NOT NULL,
  PRIMARY KEY (workspace_key, conversation_key, run)) WITHOUT ROWID;

ALTER TABLE conversation_state ADD COLUMN message_ids BLOB NOT NULL DEFAULT x'';

-- A place whose message has moved is nobody's.
INSERT INTO conversation_run (workspace_key, conversation_key, run, message_ids)
WITH RECURSIVE slot(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM slot WHERE n < 16),
  started AS (SELECT DISTINCT workspace_key, conversation_key, (seq - 1) / 16 AS run FROM message)
SELECT r.workspace_key, r.conversation_key, r.run,
  unhex(group_concat(hex(COALESCE(m.id, zeroblob(12))), '' ORDER BY slot.n))
FROM started r
JOIN conversation_state s ON s.conversation_key = r.conversation_key
CROSS JOIN slot
LEFT JOIN message m ON m.conversation_key = r.conversation_key AND m.seq = r.run * 16 + slot.n
WHERE r.run * 16 + slot.n <= s.message_seq
GROUP BY r.workspace_key, r.conversation_key, r.run;

UPDATE conversation_state SET message_ids = COALESCE(
  (SELECT message_ids FROM conversation_run r
    WHERE r.workspace_key = conversation_state.workspace_key
      AND r.conversation_key = conversation_state.conversation_key
      AND r.run = (conversation_state.message_seq - 1) / 16),
  zeroblob(12 * ((message_seq - 1) % 16 + 1)))
WHERE message_seq > 0;

DELETE FROM conversation_run WHERE EXISTS (
  SELECT 1 FROM conversation_state s
  WHERE s.conversation_key = conversation_run.conversation_key
    AND conversation_run.run = (s.message_seq - 1) / 16);

DROP INDEX message_by_seq;
