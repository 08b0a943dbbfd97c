package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.Await;
import io.recado.testing.Reply;
import io.recado.testing.TestChat;
import io.recado.testing.TestVisitor;
import io.recado.testing.TestVisitor.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What visitors and businesses say to each other, and what becomes of it.
interface WebChatFlowContract extends WithRecado {

  @Test
  default void aVisitorsFirstMessageOpensTheConversationAndTheAnswerIsReadInTheBrowser() {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor visitor = chat.visitor().begin()) {
      assertThat(chat.conversations()).isEmpty();
      var stream = visitor.listens(0);
      JsonNode sent = visitor.writes("m-1", "¿Envían a Bogotá? 🙂");
      assertThat(sent.path("from").asString()).isEqualTo("VISITOR");
      assertThat(sent.path("clientMessageId").asString()).isEqualTo("m-1");

      String conversation = chat.conversation();
      JsonNode seen = chat.get(conversation).ok();
      assertThat(seen.at("/lastMessage/text").asString()).isEqualTo("¿Envían a Bogotá? 🙂");
      assertThat(seen.at("/lastMessage/direction").asString()).isEqualTo("INBOUND");
      assertThat(seen.path("unreadCount").asInt()).isEqualTo(1);
      assertThat(seen.at("/contact/userIds/visitor_id").asString()).matches("[0-9a-f]{24}");
      assertThat(seen.has("serviceWindow")).isFalse();

      chat.post(conversation + ":markRead", "{}").ok();
      stream.await("read", 1);
      String answer = chat.answers(conversation, "Sí, en tres días.");
      chat.awaitStatus(answer, "SENT");
      List<Event> arrived = stream.await("message", 2);
      assertThat(stream.texts()).containsExactly("¿Envían a Bogotá? 🙂", "Sí, en tres días.");
      JsonNode message = arrived.getLast().data();
      assertThat(message.path("from").asString()).isEqualTo("BUSINESS");
      assertThat(message.has("metadata")).isFalse();

      String id = message.path("id").asString();
      visitor.post("/receipts", "{'delivered': ['%s']}".formatted(id)).ok();
      assertThat(chat.get(answer).ok().path("status").asString()).isEqualTo("DELIVERED");
      visitor.post("/receipts", "{'read': ['%s']}".formatted(id)).ok();
      JsonNode read = chat.get(answer).ok();
      assertThat(read.path("status").asString()).isEqualTo("READ");
      assertThat(read.has("deliveredTime")).isTrue();
      visitor.post("/receipts", "{'delivered': ['%s'], 'read': ['%s']}".formatted(id, id)).ok();
      assertThat(chat.get(answer).ok()).isEqualTo(read);
    }
  }

  @Test
  default void aMessageThatIsSentAgainUnderItsNameIsStoredOnce() {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor visitor = chat.visitor().begin();
        TestVisitor other = chat.visitor().begin()) {
      JsonNode first = visitor.writes("same", "x");
      assertThat(visitor.writes("same", "x")).isEqualTo(first);
      Reply changed = visitor.post("/messages", "{'clientMessageId': 'same', 'text': 'y'}");
      assertThat(changed.status()).isEqualTo(422);
      assertThat(changed.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
      assertThat(visitor.history()).containsExactly("x");
      other.writes("same", "of somebody else");
      assertThat(other.history()).containsExactly("of somebody else");
      assertThat(chat.conversations()).hasSize(2);
    }
  }

  @Test
  default void manyWhoSendTheSameAtOnceHaveItStoredOnceInOneConversation() throws Exception {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor visitor = chat.visitor().begin()) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String name = "m-" + i % 2;
        threads.add(Thread.ofVirtual().start(() -> visitor.writes(name, "text of " + name)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(chat.conversations()).hasSize(1);
      assertThat(visitor.history()).containsExactlyInAnyOrder("text of m-0", "text of m-1");
    }
  }

  @Test
  default void whatIsSentToAVisitorWhoIsAwayWaitsAndComesInOrder() {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor visitor = chat.visitor().begin()) {
      visitor.writes("m-1", "hello");
      String conversation = chat.conversation();
      List<String> sent = IntStream.range(0, 130).mapToObj(i -> "answer " + i).toList();
      String last = "";
      for (String text : sent) {
        last = chat.answers(conversation, text);
      }
      chat.awaitStatus(last, "SENT");
      recado().restart();

      visitor.begin();
      assertThat(visitor.session.path("messages")).hasSize(30);
      assertThat(visitor.session.path("after").asLong()).isEqualTo(131);
      var stream = visitor.listens(1);
      stream.awaitSync(131);
      assertThat(stream.texts()).isEqualTo(sent);
      var resumed = visitor.listens(129);
      resumed.awaitSync(131);
      assertThat(resumed.texts()).isEqualTo(sent.subList(128, 130));

      long before = visitor.session.path("before").asLong();
      JsonNode page = visitor.get("/messages?pageSize=100&before=" + before).ok();
      assertThat(page.path("messages")).hasSize(100);
      JsonNode end =
          visitor.get("/messages?pageSize=100&before=" + page.path("before").asLong()).ok();
      assertThat(end.path("messages").size()).isEqualTo(1);
      assertThat(end.has("before")).isFalse();
    }
  }

  @Test
  default void aMessageThatIsHandedOverLateIsNotPassedOver() {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor visitor = chat.visitor().begin()) {
      visitor.writes("m-1", "first");
      String conversation = chat.conversation();
      var stream = visitor.listens(0);
      stream.awaitSync(1);
      chat.post(":pause", "{}").ok();
      chat.answers(conversation, "held back");
      visitor.writes("m-2", "second");
      stream.await("message", 2);
      assertThat(stream.texts()).containsExactly("first", "second");
      assertThat(visitor.begin().session.path("after").asLong()).isEqualTo(1);
      chat.post(":resume", "{}").ok();
      stream.awaitSync(3);
      assertThat(stream.texts()).containsExactly("first", "second", "held back");
      var late = visitor.listens(1);
      late.awaitSync(3);
      assertThat(late.texts()).containsExactly("held back", "second");
    }
  }

  @Test
  default void aVisitorHearsOnlyOfTheirOwnConversationAndReportsOnlyAboutIt() {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor one = chat.visitor().begin();
        TestVisitor other = chat.visitor().begin()) {
      one.writes("m", "one");
      String conversation = chat.conversation();
      String answer = chat.answers(conversation, "for one");
      chat.awaitStatus(answer, "SENT");
      other.writes("m", "other");
      String id = answer.substring(answer.lastIndexOf('/') + 1);
      other.post("/receipts", "{'delivered': ['%s'], 'read': ['%s']}".formatted(id, id)).ok();
      assertThat(chat.get(answer).ok().path("status").asString()).isEqualTo("SENT");
      assertThat(other.history()).containsExactly("other");
    }
  }

  @Test
  default void aScheduledMessageIsShownWhenItIsSaidAndHoldsNobodyUp() {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor visitor = chat.visitor().begin()) {
      visitor.writes("m", "x");
      String conversation = chat.conversation();
      String later = recado().clock.instant().plusSeconds(3600).toString();
      chat.post(
              conversation + "/messages",
              "{'text': 'in an hour', 'sendTime': '%s'}".formatted(later))
          .ok();
      chat.answers(conversation, "now");
      var stream = visitor.listens(0);
      stream.awaitSync(3);
      assertThat(stream.texts()).containsExactly("x", "now");
      recado().advance(Duration.ofHours(2));
      stream.await("message", 3);
      assertThat(stream.texts()).containsExactly("x", "now", "in an hour");
    }
  }

  @Test
  default void typingIsShownToBothSides() {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor visitor = chat.visitor().begin()) {
      visitor.post("/typing", "{}").ok();
      visitor.writes("m", "x");
      String conversation = chat.conversation();
      assertThat(chat.get(conversation).ok().at("/contact/typing").isMissingNode()).isTrue();
      visitor.post("/typing", "{}").ok();
      assertThat(chat.get(conversation).ok().at("/contact/typing").asBoolean()).isTrue();
      visitor.writes("n", "y");
      assertThat(chat.get(conversation).ok().at("/contact/typing").isMissingNode()).isTrue();

      var stream = visitor.listens(2);
      stream.awaitSync(2);
      JsonNode answer = chat.post(conversation + ":typing", "{}").ok();
      assertThat(answer.path("name").asString()).endsWith(conversation);
      stream.await("typing", 1);
      assertThat(stream.texts()).isEmpty();
    }
  }

  @Test
  default void whatWasBeingHandedOverWhenTheProcessEndedIsHandedOverOnceAndInItsPlace() {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor visitor = chat.visitor().begin()) {
      visitor.writes("m", "x");
      String conversation = chat.conversation();
      chat.post(":pause", "{}").ok();
      String first = chat.answers(conversation, "first");
      chat.answers(conversation, "second");
      recado().stop();
      String id = first.substring(first.lastIndexOf('/') + 1);
      String cut = recado().isSqlite() ? "x'" + id + "'" : "decode('" + id + "', 'hex')";
      // As a process leaves it that ended between the start of the attempt and its outcome.
      recado()
          .change(
              "UPDATE outbox SET state = 'IN_FLIGHT', attempt = 1, attempt_time = due_time"
                  + " WHERE message_id = "
                  + cut);
      recado().start();
      assertThat(chat.get(first).ok().path("status").asString()).isEqualTo("SENDING");
      chat.post(":resume", "{}").ok();
      recado().advance(Duration.ofSeconds(2));

      chat.awaitStatus(first, "SENT");
      var stream = visitor.listens(0);
      stream.awaitSync(3);
      assertThat(stream.texts()).containsExactly("x", "first", "second");
      JsonNode channel = chat.get("").ok();
      assertThat(channel.at("/inDoubt/policy").asString()).isEqualTo("RESEND");
    }
  }

  @Test
  default void aStreamEndsWithTheServerAndGoesOnAfterItsStart() {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor visitor = chat.visitor().begin()) {
      visitor.writes("m", "x");
      String conversation = chat.conversation();
      var stream = visitor.listens(0);
      long after = stream.awaitSync(1);
      recado().restart();
      Await.until("the stream's end", stream::isEnded, ended -> ended);
      String answer = chat.answers(conversation, "after the start");
      var again = visitor.listens(after);
      again.await("message", 1);
      assertThat(again.texts()).containsExactly("after the start");
      chat.awaitStatus(answer, "SENT");
    }
  }

  @Test
  default void aPersonWhoSignsInHasWhatTheBrowserSaidAndFindsItElsewhere() {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor browser = chat.visitor().begin();
        TestVisitor phone = chat.visitor();
        TestVisitor late = chat.visitor().begin()) {
      browser.writes("m", "before signing in");
      String before = browser.token();
      browser.begin(TestChat.signedIn("4711", before));
      assertThat(browser.history()).containsExactly("before signing in");
      JsonNode contact = chat.conversations().getFirst().path("contact");
      assertThat(contact.at("/userIds/user_id").asString()).isEqualTo("4711");
      assertThat(contact.path("displayName").asString()).isEqualTo("Ana");

      phone.begin(TestChat.signedIn("4711", ""));
      assertThat(phone.history()).containsExactly("before signing in");
      phone.writes("p", "from the phone");
      assertThat(browser.history()).containsExactly("before signing in", "from the phone");

      Reply old = chat.call("GET", "/messages", "", before);
      assertThat(old.reason()).isEqualTo("VISITOR_TOKEN_INVALID");

      late.writes("m", "of a browser that had its own");
      late.begin(TestChat.signedIn("4711", late.token()));
      assertThat(late.history()).containsExactly("before signing in", "from the phone");
      assertThat(chat.conversations()).hasSize(2);
    }
  }

  @Test
  default void aBrowserInWhichSomebodySignedInIsNotMadeAnothersBySigningInAgain() {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor visitor = chat.visitor().begin()) {
      visitor.writes("m", "of the first");
      String before = visitor.token();
      visitor.begin(TestChat.signedIn("first", before));
      visitor.begin(TestChat.signedIn("second", before));
      assertThat(visitor.history()).isEmpty();
      visitor.begin(TestChat.signedIn("third", visitor.token()));
      visitor.writes("n", "of the third");
      assertThat(chat.conversations()).hasSize(2);
    }
  }

  @Test
  default void aConversationBeginsWithTheVisitorAlone() {
    TestChat chat = TestChat.on(recado());
    Reply unknown = chat.post("/conversations", "{'contact': {'userIds': {'user_id': '12'}}}");
    assertThat(unknown.reason()).isEqualTo("CONTACT_UNKNOWN");
    assertThat(unknown.canonicalStatus()).isEqualTo("FAILED_PRECONDITION");
    assertThat(
            chat.post("/conversations", "{'contact': {'phoneNumber': '+573193210329'}}").fields())
        .containsExactly("contact.phoneNumber", "contact.userIds");
    assertThat(chat.post("/conversations", "{'contact': {'userIds': {'wa_id': '1'}}}").fields())
        .containsExactly("contact.userIds");
    assertThat(chat.post(":sendMessage", "{'to': '+573193210329', 'text': 'x'}").fields())
        .containsExactly("to");
    assertThat(chat.conversations()).isEmpty();
    try (TestVisitor visitor = chat.visitor().begin(TestChat.signedIn("12", ""))) {
      visitor.writes("m", "x");
      JsonNode known =
          chat.post("/conversations", "{'contact': {'userIds': {'user_id': '12'}}}").ok();
      assertThat(known.path("name").asString()).endsWith(chat.conversation());
    }
  }

  @Test
  default void aTemplateIsRefusedWhenItIsAccepted() {
    TestChat chat = TestChat.on(recado());
    try (TestVisitor visitor = chat.visitor().begin()) {
      visitor.writes("m", "x");
      Reply refused =
          chat.post(
              chat.conversation() + "/messages",
              "{'template': {'name': 'hello', 'language': 'en'}}");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.fields()).containsExactly("template");
    }
  }
}
