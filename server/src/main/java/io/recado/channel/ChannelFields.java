package io.recado.channel;

import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.Limits;
import io.recado.channel.Channel.RecipientLimit;
import io.recado.channel.Channel.State;
import io.recado.connector.Connector;
import io.recado.connector.Connector.Setting;
import io.recado.http.request.Fields;
import io.recado.http.request.UpdateMask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Reads what a caller wants to set of a channel; which settings there are, the connector says.
///
/// What is read is not a channel but a change, to be applied to the row as it is when it is locked,
/// so that two changes of different fields never undo each other. For one request.
final class ChannelFields {

  private static final int MAX_SETTING = 512;
  private static final int MAX_LIST = 20;
  private static final int MAX_DISPLAY_NAME = 63;
  private static final int MAX_ADDRESS = 255;
  private static final int MAX_LANGUAGE = 35;
  private static final int MAX_PER_SECOND = 10_000;
  private static final Duration MIN_INTERVAL = Duration.ofMillis(1);
  private static final Duration MAX_DURATION = Duration.ofHours(1);
  private static final List<String> OUTPUT_ONLY =
      List.of("name", "createTime", "updateTime", "health", "queue", "inboundUrl");
  // The form of BCP 47, also with the underscores of providers.
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*");

  private final Fields body;
  private final UpdateMask mask;
  private final Connector connector;
  private final String settings;
  private final List<UnaryOperator<ChannelDraft>> edits = new ArrayList<>();

  private ChannelFields(Fields body, UpdateMask mask, Connector connector) {
    this.body = body;
    this.mask = mask;
    this.connector = connector;
    this.settings = connector.capabilities().settingsField();
  }

  /// The type of a channel that is to be made; empty when a fault was noted.
  static Optional<Connector> type(Fields body, Connectors connectors) {
    Optional<String> type = body.requiredText("type", 64);
    Optional<Connector> connector = type.flatMap(connectors::find);
    if (connector.isEmpty()) {
      type.ifPresent(
          _ -> body.violate("type", "INVALID_VALUE", "One of " + connectors.types() + "."));
      // Without the type nobody knows the other fields.
      ignore(body, OUTPUT_ONLY);
      ignore(body, List.of("displayName", "address", "state", "defaultLanguage", "inDoubt"));
      ignore(body, connectors.all().stream().map(c -> c.capabilities().settingsField()).toList());
    }
    return connector;
  }

  /// Reads a whole channel; faults are noted.
  static ChannelDraft draft(Fields body, Connector connector) {
    return new ChannelFields(body, UpdateMask.all(), connector)
        .read()
        .apply(ChannelDraft.blank(connector));
  }

  /// Reads a change; faults are noted.
  ///
  /// @param parameter the query parameter `updateMask`
  /// @throws io.recado.http.request.ApiError when that names an unknown field
  static UnaryOperator<ChannelDraft> patch(
      Fields body, Optional<String> parameter, Connector connector) {
    UpdateMask mask = UpdateMask.of(parameter, paths(connector));
    body.text("type", 1, 64)
        .filter(type -> !type.equals(connector.type()))
        .ifPresent(
            _ ->
                body.violate(
                    "type", "INVALID_VALUE", "A channel's type cannot be changed; make another."));
    return new ChannelFields(body, mask, connector).read();
  }

  private static List<String> paths(Connector connector) {
    List<String> paths = new ArrayList<>(OUTPUT_ONLY);
    paths.addAll(List.of("type", "displayName", "address", "state", "defaultLanguage"));
    paths.addAll(List.of("inDoubt.policy", "inDoubt.window", "inDoubt.laneHold"));
    String settings = connector.capabilities().settingsField() + ".";
    for (Setting setting : connector.settings()) {
      paths.add(settings + setting.name());
      if (setting.secret()) {
        paths.add(settings + setting.name() + "Hint");
      }
    }
    paths.add(settings + "messagesPerSecond");
    paths.add(settings + "recipientLimit");
    return paths;
  }

  private UnaryOperator<ChannelDraft> read() {
    ignore(body, OUTPUT_ONLY);
    top(
        "displayName",
        () -> readText("displayName", MAX_DISPLAY_NAME, ChannelDraft::withDisplayName));
    top("address", () -> readText("address", MAX_ADDRESS, ChannelDraft::withAddress));
    top("state", this::readState);
    top("defaultLanguage", this::readLanguage);
    readInDoubt();
    readSettings();
    return draft -> {
      ChannelDraft changed = draft;
      for (UnaryOperator<ChannelDraft> edit : edits) {
        changed = edit.apply(changed);
      }
      return changed;
    };
  }

  private void top(String name, Runnable read) {
    if (mask.covers(name, body.has(name))) {
      read.run();
    }
  }

  private void readText(
      String name, int max, BiFunction<ChannelDraft, Optional<String>, ChannelDraft> with) {
    Optional<String> value = body.text(name, 1, max);
    edits.add(draft -> with.apply(draft, value));
  }

  private void readState() {
    State state = body.choice("state", State.class).orElse(State.ACTIVE);
    edits.add(draft -> draft.withState(state));
  }

  private void readLanguage() {
    Optional<String> language = body.text("defaultLanguage", 1, MAX_LANGUAGE);
    language
        .filter(text -> !LANGUAGE.matcher(text).matches())
        .ifPresent(
            _ ->
                body.violate(
                    "defaultLanguage", "INVALID_VALUE", "A language is spelt es, en-US or en_US."));
    edits.add(draft -> draft.withDefaultLanguage(language));
  }

  private void readInDoubt() {
    Section section = new Section("inDoubt");
    InDoubt usual = InDoubt.usual(connector.capabilities());
    section.read(
        "policy",
        fields -> {
          var policy =
              fields.flatMap(f -> f.choice("policy", InDoubt.Policy.class)).orElse(usual.policy());
          inDoubt(old -> new InDoubt(policy, old.window(), old.laneHold()));
        });
    section.read(
        "window",
        fields -> {
          Duration window =
              fields
                  .flatMap(f -> f.duration("window", Duration.ofSeconds(1), MAX_DURATION))
                  .orElse(usual.window());
          inDoubt(old -> new InDoubt(old.policy(), window, old.laneHold()));
        });
    section.read(
        "laneHold",
        fields -> {
          Duration hold =
              fields
                  .flatMap(f -> f.duration("laneHold", Duration.ZERO, MAX_DURATION))
                  .orElse(usual.laneHold());
          inDoubt(old -> new InDoubt(old.policy(), old.window(), hold));
        });
  }

  private void inDoubt(UnaryOperator<InDoubt> edit) {
    edits.add(draft -> draft.withInDoubt(edit.apply(draft.inDoubt())));
  }

  private void readSettings() {
    Section section = new Section(settings);
    for (Setting setting : connector.settings()) {
      section.read(setting.name(), fields -> readSetting(section, setting, fields));
      if (setting.secret()) {
        section.fields.ifPresent(fields -> ignore(fields, List.of(setting.name() + "Hint")));
      }
    }
    Limits usual = ChannelDraft.defaultLimits(connector.capabilities());
    section.read(
        "messagesPerSecond",
        fields -> {
          Integer rate =
              fields.filter(f -> f.has("messagesPerSecond")).isEmpty()
                  ? usual.messagesPerSecond()
                  : fields
                      .flatMap(f -> f.number("messagesPerSecond", 1, MAX_PER_SECOND))
                      .map(Long::intValue)
                      .orElse(null);
          edits.add(draft -> draft.withLimits(new Limits(rate, draft.limits().recipient())));
        });
    section.read(
        "recipientLimit",
        fields -> {
          RecipientLimit limit =
              fields.filter(f -> f.has("recipientLimit")).isEmpty()
                  ? usual.recipient()
                  : fields
                      .flatMap(f -> f.object("recipientLimit"))
                      .flatMap(ChannelFields::recipientLimit)
                      .orElse(null);
          edits.add(
              draft -> draft.withLimits(new Limits(draft.limits().messagesPerSecond(), limit)));
        });
  }

  private void readSetting(Section section, Setting setting, Optional<Fields> fields) {
    String name = settings + "." + setting.name();
    Optional<List<String>> texts =
        setting.form().isList()
            ? fields.flatMap(f -> f.texts(setting.name(), MAX_LIST, MAX_SETTING))
            : fields.flatMap(f -> f.text(setting.name(), 1, MAX_SETTING)).map(List::of);
    if (setting.required() && section.isMissing(setting.name())) {
      body.violate(name, "REQUIRED", "Must be given.");
    }
    texts
        .orElse(List.of())
        .forEach(
            text ->
                fault(setting, text)
                    .ifPresent(fault -> body.violate(name, "INVALID_VALUE", fault)));
    Optional<String> value = texts.map(all -> String.join(" ", all));
    edits.add(draft -> draft.withSetting(setting.name(), value));
  }

  private static Optional<String> fault(Setting setting, String text) {
    return text.isBlank() || text.chars().anyMatch(Character::isISOControl)
        ? Optional.of("Must not be blank, nor hold line breaks or other control characters.")
        : setting.form().fault().apply(text);
  }

  private static Optional<RecipientLimit> recipientLimit(Fields fields) {
    fields.require("burst");
    fields.require("interval");
    Optional<Long> burst = fields.number("burst", 1, Integer.MAX_VALUE);
    Optional<Duration> interval = fields.duration("interval", MIN_INTERVAL, MAX_DURATION);
    return burst.isPresent() && interval.isPresent()
        ? Optional.of(new RecipientLimit(burst.get().intValue(), interval.get()))
        : Optional.empty();
  }

  private static void ignore(Fields fields, List<String> names) {
    names.forEach(fields::has);
  }

  /// An object of the body whose fields are set one by one. One that is null stands for all of its
  /// fields being null.
  private final class Section {

    private final String name;
    private final Optional<Fields> fields;
    private final boolean isNull;

    Section(String name) {
      this.name = name;
      this.fields = body.object(name);
      this.isNull = body.has(name) && body.value(name) == null;
    }

    void read(String field, Consumer<Optional<Fields>> read) {
      boolean present = isNull || fields.filter(f -> f.has(field)).isPresent();
      if (mask.covers(name + "." + field, present)) {
        read.accept(fields);
      }
    }

    boolean isMissing(String field) {
      boolean readable = fields.isPresent() || body.value(name) == null;
      return readable && fields.filter(f -> f.value(field) != null).isEmpty();
    }
  }
}
