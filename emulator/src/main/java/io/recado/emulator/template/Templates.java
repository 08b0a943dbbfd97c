package io.recado.emulator.template;

import io.recado.emulator.account.Account;
import io.recado.emulator.graph.GraphError;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// All templates of all accounts. Safe for many threads.
public final class Templates {
  private static final Duration NAME_REST = Duration.ofDays(30);

  private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
  private final Map<String, String> owners = new ConcurrentHashMap<>();
  private final AtomicLong nextId = new AtomicLong(168_000_000_000_001L);

  /// One account's templates, in order of their creation, and names that may not be used again yet.
  private record Shelf(Map<Template.Key, Template> byKey, Map<Template.Key, Long> resting) {}

  /// Replaces what an account has by templates as Meta lists them; without a status they are
  /// approved.
  public void install(Account account, List<ObjectNode> bodies) {
    Shelf shelf = newShelf();
    for (ObjectNode body : bodies) {
      String id = body.path("id").asString(Long.toString(nextId.getAndIncrement()));
      String status = body.path("status").asString("APPROVED");
      Template template = Template.of(id, body, status);
      shelf.byKey.put(template.key(), template);
      owners.put(id, account.id());
    }
    shelves.put(account.id(), shelf);
  }

  private static Shelf newShelf() {
    return new Shelf(
        java.util.Collections.synchronizedMap(new java.util.LinkedHashMap<>()),
        new ConcurrentHashMap<>());
  }

  private Shelf shelf(Account account) {
    return shelves.computeIfAbsent(account.id(), _ -> newShelf());
  }

  public List<Template> all(Account account) {
    Collection<Template> values = shelf(account).byKey.values();
    synchronized (shelf(account).byKey) {
      return List.copyOf(values);
    }
  }

  public Optional<Template> find(Account account, Template.Key key) {
    return Optional.ofNullable(shelf(account).byKey.get(key));
  }

  Optional<Template> findById(Account account, String id) {
    return all(account).stream().filter(template -> template.id().equals(id)).findFirst();
  }

  /// Whose template this is; empty when there is none of that id.
  public Optional<String> findOwner(String templateId) {
    return Optional.ofNullable(owners.get(templateId));
  }

  /// The template that a send names, which may be sent.
  ///
  /// @throws GraphError 132001 when there is none in exactly this language or it is not approved,
  ///   132015 when it is paused, 132016 when it is disabled
  public Template requireSendable(Account account, String name, String language) {
    Template template =
        find(account, new Template.Key(name, language))
            .orElseThrow(
                () ->
                    GraphError.of(
                        132001, "template name (" + name + ") does not exist in " + language));
    return switch (template.status()) {
      case "APPROVED" -> template;
      case "PAUSED" -> throw GraphError.of(132015, "template (" + name + ") is paused");
      case "DISABLED" -> throw GraphError.of(132016, "template (" + name + ") is disabled");
      default ->
          throw GraphError.of(
              132001,
              "template ("
                  + name
                  + ") is "
                  + template.status()
                  + " in "
                  + language
                  + ", not approved");
    };
  }

  Template add(Account account, ObjectNode body, String status, long now) {
    Template template = Template.of(Long.toString(nextId.getAndIncrement()), body, status);
    Shelf shelf = shelf(account);
    Long restsUntil = shelf.resting.get(template.key());
    if (restsUntil != null && restsUntil > now) {
      throw TemplateRules.refuse(
          2388023,
          "Message template is being deleted",
          "This name can be used again 30 days after its deletion.");
    }
    if (shelf.byKey.putIfAbsent(template.key(), template) != null) {
      throw TemplateRules.refuse(
          2388024,
          "Content in this language already exists",
          "There is a template of this name and language.");
    }
    owners.put(template.id(), account.id());
    return template;
  }

  /// Changes a template if it is still there, and returns what it has become.
  @Nullable Template change(Account account, Template.Key key, UnaryOperator<Template> change) {
    return shelf(account).byKey.computeIfPresent(key, (_, template) -> change.apply(template));
  }

  void delete(Account account, Template template, long now) {
    Shelf shelf = shelf(account);
    if (shelf.byKey.remove(template.key()) != null && template.status().equals("APPROVED")) {
      shelf.resting.put(template.key(), now + NAME_REST.toMillis());
    }
    owners.remove(template.id());
  }
}
