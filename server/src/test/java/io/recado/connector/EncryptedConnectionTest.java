package io.recado.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.ProviderHttp.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EncryptedConnectionTest {

  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(US_ASCII);
  private static final int REQUESTS = 5;

  private final AtomicInteger connections = new AtomicInteger();
  private final Semaphore closed = new Semaphore(0);
  private final HeldCertificate certificate =
      new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
  private volatile int answersPerConnection;
  private ServerSocket provider;

  @BeforeEach
  void start() throws IOException {
    var certificates = new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    provider =
        certificates
            .sslContext()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::acceptAll);
  }

  @AfterEach
  void stop() throws IOException {
    provider.close();
  }

  @Test
  void isUsedAgainWhileItIsOpen() {
    answersPerConnection = REQUESTS;
    ProviderHttp http = trusting();

    for (int i = 0; i < REQUESTS; i++) {
      assertThat(post(http)).isInstanceOf(Exchange.Answered.class);
    }

    assertThat(connections).hasValue(1);
  }

  @Test
  void isNotUsedAgainWhenTheProviderHasClosedIt() throws InterruptedException {
    answersPerConnection = 1;
    ProviderHttp http = trusting();

    for (int i = 1; i <= REQUESTS; i++) {
      assertThat(post(http)).isInstanceOf(Exchange.Answered.class);
      assertThat(closed.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      assertThat(connections).hasValue(i);
    }
  }

  @Test
  void isNotMadeToAProviderThatNobodyVouchesFor() {
    assertThat(post(new ProviderHttp())).isInstanceOf(Exchange.NotSent.class);
  }

  private ProviderHttp trusting() {
    var trust =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(certificate.certificate())
            .build()
            .trustManager();
    return new ProviderHttp(Duration.ofSeconds(30), new ProbedSockets(trust));
  }

  private Exchange post(ProviderHttp http) {
    String url = "https://127.0.0.1:" + provider.getLocalPort() + "/path";
    return http.exchange("POST", url, Map.of(), "{}".getBytes(US_ASCII));
  }

  private void acceptAll() {
    while (!provider.isClosed()) {
      try (Socket socket = provider.accept()) {
        connections.incrementAndGet();
        for (int i = 0; i < answersPerConnection; i++) {
          readRequest(socket.getInputStream());
          socket.getOutputStream().write(ANSWER);
        }
      } catch (IOException _) {
        // Closed by the test, or a handshake that the client refused.
      }
      closed.release();
    }
  }

  /// To the end of its body, which is the last byte that a request of this test has.
  private static void readRequest(InputStream in) throws IOException {
    for (int last = in.read(); last != '}'; last = in.read()) {
      if (last < 0) {
        throw new IOException("the client went away");
      }
    }
  }
}
