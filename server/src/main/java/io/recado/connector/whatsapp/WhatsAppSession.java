package io.recado.connector.whatsapp;

import io.recado.connector.Address;
import io.recado.connector.ConnectorSession;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderTemplate;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.connector.whatsapp.WhatsAppAnswers.Reading;
import io.recado.connector.whatsapp.WhatsAppPayloads.Recipient;
import io.recado.connector.whatsapp.WhatsAppTemplates.Page;
import io.recado.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One phone number's calls to the Cloud API.
final class WhatsAppSession implements ConnectorSession {

  private static final int TEMPLATES_PER_PAGE = 100;

  // Meta allows 6,000 templates; more pages than this are a fault of the other side.
  private static final int MAX_PAGES = 100;

  private static final ProviderAnswer NO_CALL = ProviderAnswer.ofStatus(0);

  private final GraphApi graph;
  private final WhatsAppAnswers answers;
  private final String phoneNumberId;
  private final Optional<String> businessAccountId;

  WhatsAppSession(
      GraphApi graph,
      InstantSource clock,
      String phoneNumberId,
      Optional<String> businessAccountId) {
    this.graph = graph;
    this.answers = new WhatsAppAnswers(clock);
    this.phoneNumberId = phoneNumberId;
    this.businessAccountId = businessAccountId;
  }

  @Override
  public SendOutcome send(OutboundMessage message) {
    if (!graph.hasUsableToken()) {
      return new SendOutcome.ChannelBroken(Reason.CREDENTIALS_INVALID, NO_CALL);
    }
    Optional<Recipient> recipient = Recipient.find(message.to());
    if (recipient.isEmpty()) {
      return new SendOutcome.Refused(Reason.RECIPIENT_INVALID, NO_CALL);
    }
    return WhatsAppPayloads.message(message, recipient.get())
        .map(payload -> answers.outcome(graph.post(phoneNumberId, "/messages", payload)))
        .orElseGet(() -> new SendOutcome.Refused(Reason.CONTENT_UNSUPPORTED, NO_CALL));
  }

  @Override
  public List<Problem> check() {
    if (!graph.hasUsableToken()) {
      return List.of(new Problem(Reason.CREDENTIALS_INVALID, NO_CALL));
    }
    var fields = Map.of("fields", "id,display_phone_number,quality_rating,status,health_status");
    return switch (WhatsAppAnswers.reading(
        graph.get(phoneNumberId, "", fields), Reason.ACCOUNT_UNREGISTERED)) {
      case Reading.Failed(Problem problem) -> List.of(problem);
      case Reading.Read(JsonObject number) -> WhatsAppHealth.problems(number);
    };
  }

  @Override
  public void markRead(String providerMessageId) {
    if (graph.hasUsableToken()) {
      graph.post(phoneNumberId, "/messages", WhatsAppPayloads.read(providerMessageId));
    }
  }

  /// The person also sees the last message as read: Meta has no other way to show it. It goes after
  /// 25 s, or with the next message.
  @Override
  public void showTyping(Address to, @Nullable String lastReceived) {
    if (lastReceived != null && graph.hasUsableToken()) {
      graph.post(phoneNumberId, "/messages", WhatsAppPayloads.typing(lastReceived));
    }
  }

  @Override
  public TemplateListing templates() {
    if (businessAccountId.isEmpty()) {
      return new TemplateListing.Failed(Reason.TEMPLATE_ACCOUNT_MISSING, NO_CALL);
    }
    if (!graph.hasUsableToken()) {
      return new TemplateListing.Failed(Reason.CREDENTIALS_INVALID, NO_CALL);
    }
    List<ProviderTemplate> templates = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < MAX_PAGES; page++) {
      switch (templatePage(businessAccountId.get(), after)) {
        case Reading.Failed(Problem problem) -> {
          return new TemplateListing.Failed(problem.reason(), problem.answer());
        }
        case Reading.Read(JsonObject body) -> {
          Optional<Page> read = WhatsAppTemplates.page(body);
          if (read.isEmpty()) {
            return incomplete("an answer that is no page of templates");
          }
          templates.addAll(read.get().templates());
          after = read.get().next();
          if (after.isEmpty()) {
            return new TemplateListing.Listed(List.copyOf(templates));
          }
        }
      }
    }
    return incomplete("more than " + MAX_PAGES + " pages of templates");
  }

  /// The next page by its cursor: the address in `paging.next` holds the token, and is not
  /// followed.
  private Reading templatePage(String account, Optional<String> after) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("fields", "name,language,category,status,quality_score,components");
    query.put("limit", Integer.toString(TEMPLATES_PER_PAGE));
    after.ifPresent(cursor -> query.put("after", cursor));
    return WhatsAppAnswers.reading(
        graph.get(account, "/message_templates", query), Reason.TEMPLATE_ACCOUNT_MISSING);
  }

  /// A part of the list is no list: what is missing in it would be taken for removed.
  private static TemplateListing incomplete(String why) {
    return new TemplateListing.Failed(
        Reason.PROVIDER_UNAVAILABLE, new ProviderAnswer(200, null, why));
  }
}
