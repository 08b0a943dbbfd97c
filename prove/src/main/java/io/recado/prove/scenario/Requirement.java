package io.recado.prove.scenario;

/// What must have happened for a run to have shown anything.
///
/// @param what in words, such as "kills that hit a send in flight"
public record Requirement(String what, long found, long needed) {

  public boolean isMet() {
    return found >= needed;
  }
}
