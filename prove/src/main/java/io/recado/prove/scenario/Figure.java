package io.recado.prove.scenario;

/// Something that was counted or measured.
public record Figure(String name, String value) {

  static Figure of(String name, long count) {
    return new Figure(name, "%,d".formatted(count));
  }
}
