package io.recado.emulator;

import io.recado.emulator.account.Accounts;
import io.recado.emulator.behaviour.Behaviour;
import io.recado.emulator.behaviour.BehaviourJson;
import io.recado.emulator.callback.Callbacks;
import io.recado.emulator.callback.Subscriptions;
import io.recado.emulator.control.ControlRoutes;
import io.recado.emulator.control.People;
import io.recado.emulator.control.Setup;
import io.recado.emulator.control.TemplateControl;
import io.recado.emulator.graph.GraphListener;
import io.recado.emulator.graph.GraphRoutes;
import io.recado.emulator.graph.Json;
import io.recado.emulator.media.MediaEdges;
import io.recado.emulator.media.MediaStore;
import io.recado.emulator.message.Messages;
import io.recado.emulator.message.ServiceWindows;
import io.recado.emulator.number.AccountEdges;
import io.recado.emulator.number.BlockList;
import io.recado.emulator.number.NumberEdges;
import io.recado.emulator.number.Registrations;
import io.recado.emulator.phone.PhoneRoutes;
import io.recado.emulator.phone.Phones;
import io.recado.emulator.template.TemplateEdges;
import io.recado.emulator.template.TemplateListing;
import io.recado.emulator.template.TemplateReview;
import io.recado.emulator.template.Templates;
import io.recado.emulator.time.Timers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.node.ObjectNode;

/// A running emulator of the WhatsApp Cloud API. Safe for many threads; several may run in one JVM.
///
/// What is set here can also be set over HTTP on the control paths, with the same JSON.
public final class Emulator implements AutoCloseable {
  private final EmulatorOptions options;
  private final AtomicReference<Behaviour> behaviour = new AtomicReference<>(Behaviour.standard());
  private final Accounts accounts = new Accounts();
  private final Timers timers;
  private final Runnable clockListening;
  private final Callbacks callbacks;
  private final Setup setup;
  private final People people;
  private final GraphListener listener;

  private Emulator(EmulatorOptions options) {
    this.options = options;
    this.timers = new Timers(options.clock());
    this.clockListening = options.clock().onAdvance(timers::rearm);
    Subscriptions subscriptions = new Subscriptions();
    this.callbacks =
        new Callbacks(subscriptions, behaviour::get, timers, options.clock(), options.random());
    GraphRoutes routes = new GraphRoutes(accounts);
    new AccountEdges(subscriptions, callbacks).addTo(routes);
    Registrations registrations = new Registrations();
    new NumberEdges(registrations, subscriptions, callbacks).addTo(routes);
    ServiceWindows windows = new ServiceWindows(options.clock());
    BlockList blocked = new BlockList(windows::isOpen);
    blocked.addTo(routes);
    Templates templates = new Templates();
    TemplateReview review = addTemplates(routes, templates);
    MediaStore media = new MediaStore(options.clock());
    MediaEdges mediaEdges = new MediaEdges(media, options.clock());
    mediaEdges.addTo(routes, accounts::find);
    Phones phones = new Phones(options.clock());
    Messages messages =
        Messages.addTo(
            routes,
            new Messages.Surroundings(
                behaviour::get, options.clock(), timers, options.random(), callbacks, phones),
            new Messages.State(registrations, blocked, templates, media, windows));
    this.setup = new Setup(accounts, templates, subscriptions, callbacks);
    this.people = new People(accounts, messages.inbound());
    TemplateControl templateControl = new TemplateControl(accounts, review);
    ControlRoutes control =
        new ControlRoutes(
            setup,
            people,
            templateControl,
            messages.ledger(),
            callbacks,
            behaviour,
            options.clock()::advance);
    Map<String, GraphListener.Edges> prefixes =
        Map.of(
            "_emulator",
            control::answer,
            PhoneRoutes.PREFIX,
            new PhoneRoutes(phones, accounts, templates)::answer,
            MediaEdges.DOWNLOADS,
            request -> mediaEdges.download(request, routes));
    this.listener = listen(routes, prefixes);
  }

  private GraphListener listen(GraphRoutes routes, Map<String, GraphListener.Edges> prefixes) {
    try {
      return new GraphListener(options.host(), options.port(), routes, prefixes, options.random());
    } catch (RuntimeException e) {
      // Nothing may go on in the background of an emulator that nobody can reach.
      clockListening.run();
      timers.close();
      callbacks.close();
      throw e;
    }
  }

  private TemplateReview addTemplates(GraphRoutes routes, Templates templates) {
    TemplateReview review = new TemplateReview(templates, callbacks, timers, options.clock());
    new TemplateEdges(templates, review, options.clock()).addTo(routes, accounts::find);
    new TemplateListing(templates).addTo(routes);
    return review;
  }

  /// Starts an emulator that listens when this returns.
  ///
  /// @throws IllegalStateException when the port is taken or the host is not of this machine
  public static Emulator start(EmulatorOptions options) {
    return new Emulator(options);
  }

  /// The port on which it listens.
  public int port() {
    return listener.port();
  }

  /// Where it listens, as `http://host:port`: what a client takes in place of Meta's address.
  public String url() {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return "http://" + host + ":" + port();
  }

  /// Where a person's phone can be played; for browsers on this machine.
  public String phoneUrl() {
    return url() + "/" + PhoneRoutes.PREFIX;
  }

  /// Adds accounts, or replaces those of the same id; blocks for the handshake with each callback
  /// address, at most 10 seconds each. A handshake that fails is told in the answer; callbacks are
  /// sent all the same.
  ///
  /// @param json as for `PUT /_emulator/config`
  /// @return the answer of that path, JSON with `verified` and perhaps `problem`
  /// @throws IllegalArgumentException with a sentence that says what to change
  public String configure(String json) {
    return text(setup.configure(read(json)));
  }

  /// Changes the fields that `json` has, as `PUT /_emulator/behaviour`, and returns the whole
  /// behaviour.
  ///
  /// @throws IllegalArgumentException with a sentence that says what to change
  public String behave(String json) {
    ObjectNode change = read(json);
    return text(
        BehaviourJson.write(
            behaviour.updateAndGet(current -> BehaviourJson.change(current, change))));
  }

  /// Lets a person write, as `POST /_emulator/inbound`, and returns the id of the message.
  ///
  /// @throws IllegalArgumentException with a sentence that says what to change
  public String receiveInbound(String json) {
    return people.write(read(json));
  }

  /// Moves the clock forward; what has come due by that happens at once.
  public void advance(Duration by) {
    options.clock().advance(by);
  }

  private static ObjectNode read(String json) {
    return Json.findObject(json.getBytes(StandardCharsets.UTF_8))
        .orElseThrow(() -> new IllegalArgumentException("This is not a JSON object."));
  }

  private static String text(ObjectNode json) {
    return new String(Json.bytes(json), StandardCharsets.UTF_8);
  }

  /// Stops listening and calling back; what was planned is forgotten.
  @Override
  public void close() {
    clockListening.run();
    timers.close();
    listener.close();
    callbacks.close();
  }
}
