package io.recado.webhook.guard;

import io.recado.webhook.guard.CustomerAnswer.Answered;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/// What is known of one call on its way.
final class CallProgress {

  /// Notes when a connection is begun, and that the first byte is about to be written.
  static final EventListener LISTENER =
      new EventListener() {
        @Override
        public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
          of(call).isConnectionNew = true;
        }

        @Override
        public void requestHeadersStart(Call call) {
          of(call).isRequestBegun = true;
        }

        private static CallProgress of(Call call) {
          return Objects.requireNonNull(call.request().tag(CallProgress.class));
        }
      };

  private static final String RETRY_AFTER = "Retry-After";

  private volatile boolean isConnectionNew;
  private volatile boolean isRequestBegun;
  private volatile int status;
  private volatile @Nullable String retryAfter;

  /// Notes the answer's head. Keeps `Retry-After` from the client: by it, it would repeat a request
  /// that was answered 503, and it fails on numbers that no `int` holds.
  static Response noteAnswer(Interceptor.Chain chain) throws IOException {
    CallProgress progress = Objects.requireNonNull(chain.request().tag(CallProgress.class));
    Response response = chain.proceed(chain.request());
    progress.status = response.code();
    progress.retryAfter = response.header(RETRY_AFTER);
    return response.newBuilder().removeHeader(RETRY_AFTER).build();
  }

  /// Whether the request went out on a connection that had carried another one before.
  boolean isOnUsedConnection() {
    return isRequestBegun && !isConnectionNew;
  }

  boolean isRequestBegun() {
    return isRequestBegun;
  }

  /// Whether the answer has begun.
  boolean hasStatus() {
    return status != 0;
  }

  /// The answer, with what came of its body.
  Answered answered(Buffer start) {
    return new Answered(status, start.readByteArray(), retryAfter);
  }
}
