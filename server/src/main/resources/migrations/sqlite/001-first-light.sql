-- Times are epoch milliseconds, ids 12 bytes, JSON is text, truth values are 0 and 1.
-- Every table that grows leads its key with the workspace. See docs/schema.md for the shape of the hot tables.

CREATE TABLE server_fact (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE workspace (
  workspace_key INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  create_time INTEGER NOT NULL);

CREATE TABLE api_key (
  id BLOB PRIMARY KEY,
  workspace_key INTEGER NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  hint TEXT NOT NULL,
  display_name TEXT,
  role TEXT NOT NULL,
  channels TEXT NOT NULL,
  requests_per_second INTEGER,
  create_time INTEGER NOT NULL,
  expire_time INTEGER,
  last_used_time INTEGER) WITHOUT ROWID;
CREATE INDEX api_key_by_workspace ON api_key (workspace_key, id);

CREATE TABLE audit_entry (
  workspace_key INTEGER NOT NULL,
  id BLOB NOT NULL,
  time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  resource TEXT NOT NULL,
  details TEXT NOT NULL,
  PRIMARY KEY (workspace_key, id)) WITHOUT ROWID;

CREATE TABLE idempotency_key (
  workspace_key INTEGER NOT NULL,
  hash BLOB NOT NULL,
  fingerprint BLOB NOT NULL,
  resource BLOB,
  answer BLOB,
  create_time INTEGER NOT NULL,
  PRIMARY KEY (workspace_key, hash)) WITHOUT ROWID;
CREATE INDEX idempotency_key_by_time ON idempotency_key (create_time);

-- A deleted channel keeps its row, without settings: its key names what was said through it and is never used again.
CREATE TABLE channel (
  channel_key INTEGER PRIMARY KEY,
  workspace_key INTEGER NOT NULL,
  id BLOB NOT NULL UNIQUE,
  type TEXT NOT NULL,
  display_name TEXT,
  address TEXT,
  state TEXT NOT NULL,
  default_language TEXT,
  account TEXT,
  settings TEXT NOT NULL,
  secrets BLOB NOT NULL,
  send_limits TEXT NOT NULL,
  in_doubt TEXT NOT NULL,
  health TEXT NOT NULL,
  last_relay_time INTEGER,
  paused_time INTEGER,
  create_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  delete_time INTEGER);
CREATE INDEX channel_by_workspace ON channel (workspace_key, id);
CREATE UNIQUE INDEX channel_by_account ON channel (workspace_key, type, account);

CREATE TABLE template (
  workspace_key INTEGER NOT NULL,
  channel_key INTEGER NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  category TEXT NOT NULL,
  status TEXT NOT NULL,
  definition TEXT NOT NULL,
  update_time INTEGER NOT NULL,
  PRIMARY KEY (workspace_key, channel_key, name, language)) WITHOUT ROWID;

CREATE TABLE conversation (
  conversation_key INTEGER PRIMARY KEY,
  workspace_key INTEGER NOT NULL,
  channel_key INTEGER NOT NULL,
  id BLOB NOT NULL UNIQUE,
  display_name TEXT,
  phone_number TEXT,
  state TEXT NOT NULL,
  assignee TEXT,
  labels TEXT NOT NULL,
  create_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  inbox_time INTEGER NOT NULL);
CREATE INDEX conversation_inbox
  ON conversation (workspace_key, channel_key, inbox_time, conversation_key);

CREATE INDEX conversation_by_phone ON conversation (workspace_key, channel_key, phone_number);

CREATE TABLE conversation_identifier (
  workspace_key INTEGER NOT NULL,
  channel_key INTEGER NOT NULL,
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  conversation_key INTEGER NOT NULL,
  create_time INTEGER NOT NULL,
  PRIMARY KEY (workspace_key, channel_key, scheme, value)) WITHOUT ROWID;
CREATE INDEX conversation_identifier_by_conversation
  ON conversation_identifier (workspace_key, conversation_key, create_time);

-- What changes with every message, apart from the wide conversation.
CREATE TABLE conversation_state (
  conversation_key INTEGER PRIMARY KEY,
  workspace_key INTEGER NOT NULL,
  message_seq INTEGER NOT NULL,
  outbound_seq INTEGER NOT NULL,
  event_seq INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  read_seq INTEGER NOT NULL,
  activity_time INTEGER NOT NULL,
  last_inbound_time INTEGER);

CREATE TABLE message (
  message_key INTEGER PRIMARY KEY,
  workspace_key INTEGER NOT NULL,
  channel_key INTEGER NOT NULL,
  conversation_key INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  id BLOB NOT NULL,
  direction TEXT NOT NULL,
  status TEXT NOT NULL,
  content_type TEXT NOT NULL,
  content TEXT NOT NULL,
  fallback TEXT,
  metadata TEXT,
  reply_to BLOB,
  provider_message_id TEXT,
  create_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  expire_time INTEGER,
  sent_time INTEGER,
  delivered_time INTEGER,
  read_time INTEGER,
  failed_time INTEGER,
  failure TEXT);
CREATE UNIQUE INDEX message_by_seq ON message (conversation_key, seq);
CREATE UNIQUE INDEX message_by_id ON message (id);

-- What is still to be handed over; a row goes with the outcome. Its key rises with time, so rows are appended.
CREATE TABLE outbox (
  workspace_key INTEGER NOT NULL,
  channel_key INTEGER NOT NULL,
  message_id BLOB NOT NULL,
  conversation_key INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  previous_seq INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  spent INTEGER NOT NULL,
  throttled INTEGER NOT NULL,
  due_time INTEGER NOT NULL,
  attempt_time INTEGER,
  expire_time INTEGER NOT NULL,
  wait_reason TEXT,
  PRIMARY KEY (workspace_key, channel_key, message_id)) WITHOUT ROWID;

CREATE TABLE attempt (
  workspace_key INTEGER NOT NULL,
  message_id BLOB NOT NULL,
  piece INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  start_time INTEGER NOT NULL,
  end_time INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT,
  http_status INTEGER NOT NULL,
  provider_code TEXT,
  provider_message TEXT,
  PRIMARY KEY (workspace_key, message_id, piece, attempt)) WITHOUT ROWID;

-- A provider's name of a message, in either direction: one provider message id, one message.
CREATE TABLE provider_message (
  workspace_key INTEGER NOT NULL,
  channel_key INTEGER NOT NULL,
  provider_message_id TEXT NOT NULL,
  message_id BLOB NOT NULL,
  piece INTEGER NOT NULL,
  PRIMARY KEY (workspace_key, channel_key, provider_message_id)) WITHOUT ROWID;

CREATE TABLE receipt (
  workspace_key INTEGER NOT NULL,
  message_id BLOB NOT NULL,
  piece INTEGER NOT NULL,
  status TEXT NOT NULL,
  time INTEGER NOT NULL,
  provider_time INTEGER NOT NULL,
  reason TEXT,
  provider_code TEXT,
  provider_message TEXT,
  PRIMARY KEY (workspace_key, message_id, piece, status)) WITHOUT ROWID;

-- Receipts whose message is not known yet.
CREATE TABLE early_receipt (
  workspace_key INTEGER NOT NULL,
  channel_key INTEGER NOT NULL,
  provider_message_id TEXT NOT NULL,
  status TEXT NOT NULL,
  time INTEGER NOT NULL,
  provider_time INTEGER NOT NULL,
  reason TEXT,
  provider_code TEXT,
  provider_message TEXT,
  PRIMARY KEY (workspace_key, channel_key, provider_message_id, status)) WITHOUT ROWID;

-- What a provider sent as it came: of inbound messages, and of what could not be understood or routed.
CREATE TABLE raw_payload (
  workspace_key INTEGER NOT NULL,
  id BLOB NOT NULL,
  channel_key INTEGER NOT NULL,
  time INTEGER NOT NULL,
  parked TEXT,
  payload BLOB NOT NULL,
  PRIMARY KEY (workspace_key, id)) WITHOUT ROWID;

-- What happened, in order. Written by every change; positions are given in commit order.
CREATE TABLE log_head (workspace_key INTEGER PRIMARY KEY, position INTEGER NOT NULL);

CREATE TABLE event (
  workspace_key INTEGER NOT NULL,
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  time INTEGER NOT NULL,
  channel_key INTEGER,
  conversation_key INTEGER,
  conversation_seq INTEGER,
  message_id BLOB,
  change TEXT NOT NULL,
  PRIMARY KEY (workspace_key, position)) WITHOUT ROWID;
