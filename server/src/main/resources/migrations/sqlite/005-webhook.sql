-- Webhook endpoints: cursors over the log, what does not keep up with them, and what became of each delivery.

CREATE TABLE webhook_endpoint (
  endpoint_key INTEGER PRIMARY KEY,
  workspace_key INTEGER NOT NULL,
  id BLOB NOT NULL UNIQUE,
  url TEXT NOT NULL,
  types TEXT NOT NULL,
  channels TEXT NOT NULL,
  state TEXT NOT NULL,
  disabled_cause TEXT,
  disabled_time INTEGER,
  secrets BLOB NOT NULL,
  create_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  delete_time INTEGER);
CREATE INDEX webhook_endpoint_by_workspace ON webhook_endpoint (workspace_key, id);

-- How an endpoint fares.
CREATE TABLE webhook_standing (
  workspace_key INTEGER NOT NULL,
  endpoint_key INTEGER NOT NULL,
  failing_time INTEGER,
  failure TEXT,
  failures_from INTEGER,
  failures_last INTEGER,
  success_time INTEGER,
  fast INTEGER NOT NULL,
  gap_time INTEGER,
  PRIMARY KEY (workspace_key, endpoint_key)) WITHOUT ROWID;

-- Number 0 is the endpoint's own cursor, the others are replays, which end.
CREATE TABLE webhook_cursor (
  workspace_key INTEGER NOT NULL,
  endpoint_key INTEGER NOT NULL,
  number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  until_position INTEGER,
  source TEXT NOT NULL,
  types TEXT NOT NULL,
  PRIMARY KEY (workspace_key, endpoint_key, number)) WITHOUT ROWID;

-- What does not keep up with its cursor, usually a conversation that is being retried.
CREATE TABLE webhook_lane (
  workspace_key INTEGER NOT NULL,
  endpoint_key INTEGER NOT NULL,
  number INTEGER NOT NULL,
  lane INTEGER NOT NULL,
  position INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  due_time INTEGER NOT NULL,
  PRIMARY KEY (workspace_key, endpoint_key, number, lane)) WITHOUT ROWID;

-- One event on its way to one endpoint, from its first attempt on, with its latest attempt.
CREATE TABLE webhook_delivery (
  workspace_key INTEGER NOT NULL,
  endpoint_key INTEGER NOT NULL,
  position INTEGER NOT NULL,
  lane INTEGER NOT NULL,
  type TEXT NOT NULL,
  event_time INTEGER NOT NULL,
  message_id BLOB,
  state TEXT NOT NULL,
  due_time INTEGER,
  create_time INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  attempt_time INTEGER NOT NULL,
  status INTEGER NOT NULL,
  latency INTEGER NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (workspace_key, endpoint_key, position)) WITHOUT ROWID;
CREATE INDEX webhook_delivery_by_message ON webhook_delivery (workspace_key, message_id);
CREATE INDEX webhook_delivery_by_time ON webhook_delivery (workspace_key, create_time);
CREATE INDEX webhook_delivery_unfinished ON webhook_delivery (workspace_key, endpoint_key, state, position)
  WHERE state <> 'DELIVERED';

-- The attempts of deliveries that needed more than one.
CREATE TABLE webhook_attempt (
  workspace_key INTEGER NOT NULL,
  endpoint_key INTEGER NOT NULL,
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  status INTEGER NOT NULL,
  latency INTEGER NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (workspace_key, endpoint_key, position, time)) WITHOUT ROWID;
CREATE INDEX webhook_attempt_by_time ON webhook_attempt (workspace_key, time);
