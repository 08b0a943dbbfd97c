package io.recado.webhook.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.network.AddressRange;
import io.recado.testing.StubNames;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  private static final String NOT_PUBLIC = "Every address of the host must be public";

  private final AddressGuard guard = new AddressGuard(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://8.8.8.8/hook",
        "https://8.8.8.8:443/hook",
        "https://8.8.8.8:8443/hook?a=b&c=d",
        "https://8.8.8.8:1024/",
        "https://8.8.8.8:65535",
        "HTTPS://8.8.8.8/Hook",
        "https://[2606:4700:4700::1111]/hook",
        "https://[2606:4700:4700:0:0:0:0:1111]:8443/hook",
        "https://hooks.invalid/hook",
        "https://HOOKS.Invalid/hook",
        "https://hooks_of-mine.invalid/%2e%2e/hook",
        "https://bücher.invalid/hook",
        "https://xn--bcher-kva.invalid/hook"
      })
  void aPublicUrlIsTakenAndSoIsANameThatDoesNotResolveYet(String url) {
    assertThat(guard.findFault(url)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          hooks.example.com/x          | Must be a URL
          //hooks.example.com/x        | Must be a URL
          https://                     | Must be a URL
          https:///x                   | Must be a URL
          ftp://hooks.example.com/     | Must be a URL
          file:///etc/passwd           | Must be a URL
          gopher://127.0.0.1:6379/_X   | Must be a URL
          javascript:alert(1)          | Must be a URL
          jar:https://a.example!/x     | Must be a URL
          https://a..example.com/      | Must be a URL
          https://.example.com/        | Must be a URL
          https:/hooks.example.com/    | Must be a URL
          https:hooks.example.com/     | Must be a URL
          https://@hooks.example.com/  | Take user name and password
          https://exa<mple.com/        | with letters, digits
          https://[::1/                | Must be a URL
          https://[fe80::1%25eth0]/    | Must be a URL
          https://[fe80::1%eth0]/      | Must be a URL
          https://[v1.x]/              | Must be a URL
          https://a.example:0/         | Must be a URL
          https://a.example:65536/     | Must be a URL
          https://a.example:-1/        | Must be a URL
          https://a%00.example.com/    | Must be a URL
          https://a%2fb.example.com/   | Must be a URL
          https://exam%20ple.com/      | Must be a URL
          https://a.example/ x         | without spaces
          https://a.example\\@127.0.0.1/ | without spaces
          https:\\\\127.0.0.1\\          | without spaces
          https://a@127.0.0.1/         | Take user name and password
          https://a:b@hooks.example.com/ | Take user name and password
          https://:b@hooks.example.com/ | Take user name and password
          https://a.example%40127.0.0.1@hooks.example.com/ | Take user name and password
          https://hooks.example.com/#a | Take # and what follows
          https://hooks.example.com#@127.0.0.1/ | Take # and what follows
          https://hooks.example.com./  | without a dot at its end
          https://localhost./          | without a dot at its end
          https://127.0.0.1./          | without a dot at its end
          https://2130706433/          | four decimal numbers
          https://0x7f000001/          | four decimal numbers
          https://0X7F.1/              | four decimal numbers
          https://017700000001/        | four decimal numbers
          https://0177.0.0.1/          | four decimal numbers
          https://0177.1/              | four decimal numbers
          https://127.1/               | four decimal numbers
          https://127.0.1/             | four decimal numbers
          https://127.0.0.01/          | four decimal numbers
          https://127.0.0.0x1/         | four decimal numbers
          https://0/                   | four decimal numbers
          https://256.0.0.1/           | four decimal numbers
          https://127.0.0.1.1/         | four decimal numbers
          https://example.1/           | four decimal numbers
          https://①②⑦.1/               | four decimal numbers
          https://hooks!.example.com/  | with letters, digits
          https://hooks*.example.com/  | with letters, digits
          http://hooks.example.com/    | Must begin with https
          HTTP://8.8.8.8/              | Must begin with https
          https://hooks.example.com:80/  | Port 80 is not
          https://hooks.example.com:22/  | Port 22 is not
          https://hooks.example.com:25/  | Port 25 is not
          https://hooks.example.com:1/   | Port 1 is not
          https://hooks.example.com:1023/ | Port 1023 is not
          https://hooks.example.com:3306/ | Port 3306 is not
          https://hooks.example.com:5432/ | Port 5432 is not
          https://hooks.example.com:6379/ | Port 6379 is not
          https://hooks.example.com:9200/ | Port 9200 is not
          https://hooks.example.com:11211/ | Port 11211 is not
          https://hooks.example.com:27017/ | Port 27017 is not
          https://localhost/           | public internet
          https://LOCALHOST:8443/      | public internet
          https://app.localhost/       | public internet
          https://redis/               | public internet
          https://printer.local/       | public internet
          https://host.localdomain/    | public internet
          https://metadata.google.internal/ | public internet
          https://x.INTERNAL/          | public internet
          https://router.home.arpa/    | public internet
          https://ｌｏｃａｌｈｏｓｔ/     | public internet
          https://127.0.0.1/           | Every address
          https://127.255.255.254:8443/ | Every address
          https://１２７.０.０.１/       | Every address
          https://127。0。0。1/         | Every address
          https://127%2e0%2e0%2e1/     | Every address
          https://%31%32%37.0.0.1/     | Every address
          https://①②⑦.0.0.1/           | Every address
          https://0.0.0.0/             | Every address
          https://10.0.0.1/            | Every address
          https://100.100.100.200/     | Every address
          https://168.63.129.16/       | Every address
          https://169.254.169.254/latest/meta-data/ | Every address
          https://172.16.0.1/          | Every address
          https://192.168.0.1/         | Every address
          https://198.18.0.1/          | Every address
          https://224.0.0.1/           | Every address
          https://255.255.255.255/     | Every address
          https://[::]/                | Every address
          https://[::1]/               | Every address
          https://[0:0:0:0:0:0:0:1]/   | Every address
          https://[::127.0.0.1]/       | Every address
          https://[::ffff:127.0.0.1]/  | Every address
          https://[::ffff:7f00:1]/     | Every address
          https://[::FFFF:A9FE:A9FE]/  | Every address
          https://[64:ff9b::127.0.0.1]/ | Every address
          https://[64:ff9b::a9fe:a9fe]/ | Every address
          https://[64:ff9b:1::a00:1]/  | Every address
          https://[100::1]/            | Every address
          https://[2001::1]/           | Every address
          https://[2001:db8::1]/       | Every address
          https://[2002:7f00:1::]/     | Every address
          https://[2002:a9fe:a9fe::1]/ | Every address
          https://[3fff::1]/           | Every address
          https://[5f00::1]/           | Every address
          https://[fc00::1]/           | Every address
          https://[fd00:ec2::254]/     | Every address
          https://[fe80::1]/           | Every address
          https://[fec0::1]/           | Every address
          https://[ff02::1]/           | Every address
          """)
  void aUrlThatLeadsElsewhereIsRefusedWithWhatToChange(String url, String sentence) {
    assertThat(guard.findFault(url)).hasValueSatisfying(s -> assertThat(s).contains(sentence));
  }

  @Test
  void aUrlHasALongestLength() {
    String start = "https://hooks.invalid/";
    assertThat(guard.findFault(start + "a".repeat(2_048 - start.length()))).isEmpty();
    assertThat(guard.findFault(start + "a".repeat(2_049 - start.length())))
        .contains("At most 2048 characters; got 2049.");
  }

  @ParameterizedTest
  @MethodSource
  void aNameIsRefusedWhenAnyOfItsAddressesIsNotPublic(List<String> addresses) {
    String name = StubNames.set("mixed", addresses.toArray(String[]::new));
    assertThat(guard.findFault("https://" + name + "/hook"))
        .hasValueSatisfying(
            sentence -> assertThat(sentence).contains(NOT_PUBLIC).doesNotContain(addresses));
  }

  static Stream<List<String>> aNameIsRefusedWhenAnyOfItsAddressesIsNotPublic() {
    return Stream.of(
        List.of("10.1.2.3"),
        List.of("8.8.8.8", "127.0.0.1"),
        List.of("127.0.0.1", "8.8.8.8"),
        List.of("8.8.8.8", "9.9.9.9", "169.254.169.254"),
        List.of("fd00:ec2::254"),
        List.of("::1"),
        List.of("8.8.8.8", "fe80::1"),
        List.of("2606:4700:4700::1111", "fc00::1"),
        List.of("2002:a9fe:a9fe::"),
        List.of("64:ff9b::a9fe:a9fe"));
  }

  @Test
  void aNameWithPublicAddressesOnlyIsTaken() {
    String name = StubNames.set("public", "8.8.8.8", "2606:4700:4700::1111");
    assertThat(guard.findFault("https://" + name + "/hook")).isEmpty();
    assertThat(StubNames.lookUps(name)).isEqualTo(1);
  }

  @Test
  void aNameThatNobodyAnswersForIsTakenWhenTheTimeIsOver() {
    var open = new CountDownLatch(1);
    try (var impatient = new AddressGuard(List.of(), Duration.ofMillis(50))) {
      String name = StubNames.slow("slow", open, "127.0.0.1");
      assertThat(impatient.findFault("https://" + name + "/hook")).isEmpty();
    } finally {
      open.countDown();
    }
  }

  @Nested
  class WithNetworksThatTheOperatorAllows {

    private final AddressGuard guard =
        new AddressGuard(Stream.of("10.1.0.0/16", "fd00:1::/64").map(AddressRange::parse).toList());

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://10.1.2.3/hook",
          "http://10.1.255.255:80/hook",
          "http://10.1.2.3:6379/hook",
          "https://10.1.2.3:22/hook",
          "http://[fd00:1::5]:3000/hook",
          "http://[::ffff:10.1.2.3]/hook",
          "https://8.8.8.8/hook"
        })
    void schemeAndPortAreFreeInThem(String url) {
      assertThat(guard.findFault(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://10.2.0.1/hook",
          "https://10.2.0.1/hook",
          "http://8.8.8.8/hook",
          "https://8.8.8.8:22/hook",
          "http://127.0.0.1/hook",
          "http://[fd00:2::5]/hook",
          "http://a@10.1.2.3/hook",
          "http://10.1.2.3/#hook",
          "http://10.1.515/hook",
          "ftp://10.1.2.3/hook"
        })
    void theRestStaysAsItWas(String url) {
      assertThat(guard.findFault(url)).isPresent();
    }

    @Test
    void aNameIsFreeWhenEveryAddressIsInThem() {
      assertThat(
              guard.findFault("http://" + StubNames.set("in", "10.1.0.1", "fd00:1::1") + ":3000/"))
          .isEmpty();
      assertThat(guard.findFault("http://" + StubNames.set("half", "10.1.0.1", "8.8.8.8") + "/"))
          .hasValueSatisfying(s -> assertThat(s).startsWith("Must begin with https://."));
      assertThat(guard.findFault("https://" + StubNames.set("half", "10.1.0.1", "8.8.8.8") + "/"))
          .hasValueSatisfying(s -> assertThat(s).startsWith(NOT_PUBLIC));
      assertThat(guard.findFault("http://" + StubNames.set("out", "10.2.0.1") + "/")).isPresent();
    }

    @Test
    void aNameThatDoesNotResolveYetMayBeOneOfTheirs() {
      assertThat(guard.findFault("http://" + StubNames.set("not-yet") + ":3000/hook")).isEmpty();
    }
  }
}
