package io.recado.prove.check;

import java.util.List;

/// What was found wrong without any comparison.
///
/// @param damages what the database's own checks complain of
/// @param leaks lines of the log that hold what no log may hold
public record Complaints(List<String> damages, List<String> leaks) {}
