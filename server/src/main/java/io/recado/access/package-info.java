/// Who may call: API keys, roles, workspaces, rates; and who changed what.
///
/// Only a hash of a key is stored, and the key itself is shown once. Start reading at
/// [io.recado.access.Authentication], which every request passes. Whatever a feature changes on
/// somebody's behalf it notes with [io.recado.access.AuditLog] in the same transaction.
@NullMarked
package io.recado.access;

import org.jspecify.annotations.NullMarked;
