package io.recado.emulator.graph;

import io.recado.emulator.account.Account;
import io.recado.emulator.account.Accounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds what a path such as `/v25.0/{id}/messages` means, checks the token, and calls the edge
/// that is there.
public final class GraphRoutes {
  private static final Pattern VERSION = Pattern.compile("v[0-9]{1,4}\\.[0-9]{1,4}");
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer|OAuth) +(\\S+) *");

  private final Accounts accounts;
  private final Map<Route, Edge> edges = new HashMap<>();
  private final List<Lookup> lookups = new ArrayList<>();

  private record Route(Node.Kind kind, String edge, String method) {}

  /// Finds objects of one kind by their id.
  @FunctionalInterface
  public interface Lookup {
    Optional<Node> find(String id);
  }

  public GraphRoutes(Accounts accounts) {
    this.accounts = accounts;
    lookups.add(id -> accounts.findByNumber(id).map(owner -> new Node(Node.Kind.NUMBER, owner)));
    lookups.add(id -> accounts.find(id).map(owner -> new Node(Node.Kind.ACCOUNT, owner)));
  }

  /// Puts `answer` at an edge; the empty name is the object itself. To be called before requests
  /// come.
  public void put(Node.Kind kind, String method, String edge, Edge answer) {
    edges.put(new Route(kind, edge, method), answer);
  }

  public void put(Lookup lookup) {
    lookups.add(lookup);
  }

  Reply answer(Request request) throws InterruptedException {
    List<String> segments = request.segments();
    if (!VERSION.matcher(segments.getFirst()).matches() || segments.size() < 2) {
      throw GraphError.of(2500, "Paths have the form /vNN.N/{id} or /vNN.N/{id}/{edge}.");
    }
    String token = requireToken(request);
    String id = segments.get(1);
    Node node =
        findNode(id)
            .filter(found -> found.account().accessToken().equals(token))
            .orElseThrow(() -> GraphError.unknownObject(request.method(), id));
    String edge = String.join("/", segments.subList(2, segments.size()));
    Edge answer = edges.get(new Route(node.kind(), edge, request.method()));
    if (answer == null) {
      throw refuseRoute(node, edge, id, request.method());
    }
    return answer.answer(new Call(request, segments.getFirst(), id, node.account()));
  }

  /// The token of a request, which is some account's.
  ///
  /// @throws GraphError 104 when there is none, 190 when nobody has it
  public String requireToken(Request request) {
    Optional<String> header = request.header("Authorization");
    String token =
        header
            .map(BEARER::matcher)
            .filter(java.util.regex.Matcher::matches)
            .map(match -> match.group(1))
            .or(() -> request.query("access_token"))
            .orElseThrow(GraphError::noToken);
    if (!accounts.knowsToken(token)) {
      throw GraphError.wrongToken();
    }
    return token;
  }

  private Optional<Node> findNode(String id) {
    for (Lookup lookup : lookups) {
      Optional<Node> node = lookup.find(id);
      if (node.isPresent()) {
        return node;
      }
    }
    return Optional.empty();
  }

  private GraphError refuseRoute(Node node, String edge, String id, String method) {
    boolean known =
        edges.keySet().stream()
            .anyMatch(route -> route.kind() == node.kind() && route.edge().equals(edge));
    return known
        ? GraphError.unknownObject(method, id)
        : GraphError.of(2500, "Unknown path components: /" + edge);
  }

  /// The account that a token opens, for addresses that name no object.
  public Optional<Account> findAccount(String token) {
    return accounts.all().stream().filter(each -> each.accessToken().equals(token)).findFirst();
  }
}
