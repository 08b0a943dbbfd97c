package io.recado.prove.world;

/// How much clients and people ask of the server.
///
/// @param conversations each with a client of its own that sends one message after the other
/// @param perSecond messages of all clients together, as far as the server answers in time
/// @param inboundPerSecond what people write
public record Load(int channels, int conversations, int perSecond, int inboundPerSecond) {

  /// The load of the reliability plan.
  public static Load full() {
    return new Load(4, 200, 300, 20);
  }
}
