package io.recado.access;

import io.recado.journal.Id;
import java.time.Instant;

/// Who changes something, and when: what a Write carries for its audit entry.
///
/// @param id the entry's; a stamp is for one entry in each workspace
/// @param actor a key's resource name, [AuditLog#CLI] or [AuditLog#SYSTEM]
public record AuditStamp(Id id, Instant time, String actor) {}
