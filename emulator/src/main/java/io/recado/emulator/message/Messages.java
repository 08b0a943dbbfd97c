package io.recado.emulator.message;

import io.recado.emulator.behaviour.Behaviour;
import io.recado.emulator.callback.Callbacks;
import io.recado.emulator.graph.GraphRoutes;
import io.recado.emulator.graph.Node;
import io.recado.emulator.media.MediaStore;
import io.recado.emulator.number.BlockList;
import io.recado.emulator.number.Registrations;
import io.recado.emulator.phone.Phones;
import io.recado.emulator.template.Templates;
import io.recado.emulator.time.Timers;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Puts together everything about messages.
///
/// @param inbound people who write
/// @param ledger what was sent
public record Messages(Inbound inbound, Ledger ledger) {
  /// What all parts share.
  public record Surroundings(
      Supplier<Behaviour> behaviour,
      InstantSource clock,
      Timers timers,
      RandomGenerator random,
      Callbacks callbacks,
      Phones phones) {}

  /// What a send is held against.
  public record State(
      Registrations registrations,
      BlockList blocked,
      Templates templates,
      MediaStore media,
      ServiceWindows windows) {}

  /// Builds the parts and puts the edge for sending into `routes`.
  public static Messages addTo(GraphRoutes routes, Surroundings around, State state) {
    Wamids ids = new Wamids(around.random);
    Ledger ledger = new Ledger();
    Inbound inbound =
        new Inbound(
            state.windows, state.blocked, around.callbacks, around.phones, around.clock, ids);
    SendEdge.Checks checks =
        new SendEdge.Checks(
            state.registrations,
            state.blocked,
            new ContentRules(state.templates, state.media),
            new Admission(around.behaviour, around.clock, around.random),
            state.windows);
    SendEdge edge =
        new SendEdge(
            checks,
            new Receipts(
                around.behaviour, around.callbacks, around.phones, around.timers, around.random),
            ledger,
            new Answering(around.behaviour, around.timers, around.random),
            new MarkAsRead(inbound, around.phones),
            ids,
            around.clock);
    routes.put(Node.Kind.NUMBER, "POST", "messages", edge::answer);
    return new Messages(inbound, ledger);
  }
}
