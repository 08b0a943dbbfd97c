-- Who is signed in with which key. Of what the cookie holds, only the hash is here; a row without its key is worth nothing.

CREATE TABLE session (
  hash BLOB PRIMARY KEY,
  workspace_key INTEGER NOT NULL,
  api_key BLOB NOT NULL,
  create_time INTEGER NOT NULL,
  last_used_time INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX session_by_key ON session (workspace_key, api_key, create_time);
CREATE INDEX session_by_time ON session (create_time);
