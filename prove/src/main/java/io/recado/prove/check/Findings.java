package io.recado.prove.check;

import io.recado.prove.check.Offence.Kind;
import java.util.List;

/// What came of a comparison.
///
/// @param accepted messages that a client was promised
/// @param doubtful of them, those told as FAILED with an unknown outcome
public record Findings(List<Offence> offences, int accepted, int doubtful) {

  public long count(Kind kind) {
    return offences.stream().filter(offence -> offence.kind() == kind).count();
  }
}
