package io.tapeflow.stream;

import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.venue.RestRequest;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.Task;
import io.tapeflow.tasks.TaskScope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.UpgradeListener;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty's clients for one connector: one for the WebSocket, whose steps it reports, and one for
 * REST, on a shared pool of few threads that neither of them owns.
 *
 * <p>Jetty's own time limits are set wide: the connector's watchdog gives the verdicts.
 */
final class Transport {
  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
  private static final Duration WIDE = Duration.ofMinutes(20);
  private static final Duration STOP = Duration.ofSeconds(1);

  /** How long a request may wait for an address. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int MAX_ANSWER = 64 << 20;
  private static final int THREADS = 8;
  private static final int MAX_CONNECTIONS = 8;
  private static final int READ_BUFFER = 16 << 10;

  private final String name;
  private final Clock clock;
  private final TlsTrust trust;
  private final NameLookup names;
  private final QueuedThreadPool pool;
  private final ScheduledExecutorScheduler timer;
  private final HttpClient streamHttp;
  private final HttpClient restHttp;
  private final WebSocketCoreClient webSocket;

  /** Where the attempt under way has come to. */
  private volatile Steps steps = Steps.NONE;

  /** Told of the steps of an attempt, on Jetty's threads. */
  interface Steps {
    Steps NONE =
        new Steps() {
          @Override
          public void entered(ConnectionPhase phase) {}

          @Override
          public void resolving(Future<?> addresses) {}

          @Override
          public void opening(SocketChannel channel) {}

          @Override
          public void askedToWait(Duration time) {}
        };

    void entered(ConnectionPhase phase);

    void resolving(Future<?> addresses);

    void opening(SocketChannel channel);

    /** The answer to the upgrade says for how long there should be no other. */
    void askedToWait(Duration time);
  }

  /**
   * A REST answer.
   *
   * @param sentMicros when the request had been sent, by the wall clock
   * @param roundTripNanos from then to the first line of the answer
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Answer(int status, byte[] body, HttpFields headers, long sentMicros, long roundTripNanos) {
    /** How long the answer asks to wait, or the default where it does not say so. */
    Duration retryAfter(Duration byDefault) {
      return RetryAfter.of(headers, Clock.instant(sentMicros)).orElse(byDefault);
    }

    /** A header that is a whole number, or the default where it is not. */
    long whole(String header, long byDefault) {
      String value = headers.get(header);
      try {
        return value == null ? byDefault : Long.parseLong(value.strip());
      } catch (NumberFormatException e) {
        return byDefault;
      }
    }
  }

  private Transport(String name, Clock clock, TlsTrust trust, NameLookup names) {
    this.name = name;
    this.clock = clock;
    this.trust = trust;
    this.names = names;
    pool = new QueuedThreadPool(THREADS, 1);
    pool.setName(name);
    pool.setDaemon(true);
    pool.setStopTimeout(STOP.toMillis());
    timer = new ScheduledExecutorScheduler(name + "-timer", true);
    streamHttp = client("stream", new GatheringConnector(), new InPlaceExecutor(pool));
    restHttp = client("rest", new ClientConnector(), pool);
    streamHttp.setSocketAddressResolver(new ReportingResolver());
    restHttp.setSocketAddressResolver(new PatientResolver());
    streamHttp.getClientConnector().addEventListener(new ConnectReporter());
    streamHttp.addBean(new HandshakeReporter());
    webSocket = new WebSocketCoreClient(streamHttp, new WebSocketComponents());
  }

  /** Starts the clients. Does no I/O. */
  static Transport start(
      TaskScope scope, String name, Clock clock, TlsTrust trust, NameLookup names) {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    // Jetty finds its extensions by the context class loader, which must be this bundle's.
    thread.setContextClassLoader(Transport.class.getClassLoader());
    try {
      Transport transport = new Transport(name, clock, trust, names);
      transport.start();
      scope.watch(name, transport.pool);
      Task[] task = new Task[1];
      task[0] = scope.enter("executor", name, () -> transport.stopAside(task[0]), () -> {});
      return transport;
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  /** Opens a connection; the future's cancellation gives it up. */
  CompletableFuture<CoreSession> connect(URI uri, FrameReader reader, Steps reporter) {
    steps = reporter;
    Configuration.ConfigurationCustomizer wide = new Configuration.ConfigurationCustomizer();
    wide.setIdleTimeout(Duration.ZERO);
    wide.setInputBufferSize(READ_BUFFER);
    try {
      CoreClientUpgradeRequest request = CoreClientUpgradeRequest.from(webSocket, uri, reader);
      request.setConfiguration(wide);
      request.addListener(new AnswerReporter(reporter));
      return webSocket.connect(request);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Asks for a REST answer of any status; fails if there is none in time. */
  CompletableFuture<Answer> get(RestRequest request, Duration timeout) {
    Exchange exchange = new Exchange(clock);
    restHttp
        .newRequest(request.uri())
        .headers(fields -> request.headers().forEach(fields::put))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        // With TLS, the first of these comes before the handshake, the second after it.
        .onRequestHeaders(sent -> exchange.sent())
        .onRequestCommit(sent -> exchange.sent())
        .send(exchange);
    return exchange.answer;
  }

  /** A request and its answer, with their times. */
  private static final class Exchange extends BufferingResponseListener {
    final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final Clock clock;
    private long sentMicros;
    private long sentNanos;
    private long roundTripNanos = -1;

    Exchange(Clock clock) {
      super(MAX_ANSWER);
      this.clock = clock;
    }

    synchronized void sent() {
      // The answer can overtake the news that the request was sent.
      if (roundTripNanos < 0) {
        sentMicros = clock.wallMicros();
        sentNanos = clock.nanos();
      }
    }

    @Override
    public synchronized void onBegin(Response response) {
      roundTripNanos = clock.nanos() - sentNanos;
    }

    @Override
    public void onComplete(Result result) {
      if (result.isFailed()) {
        answer.completeExceptionally(result.getFailure());
      } else {
        answer.complete(answered(result.getResponse()));
      }
    }

    private synchronized Answer answered(Response response) {
      return new Answer(
          response.getStatus(), getContent(), response.getHeaders(), sentMicros, roundTripNanos);
    }
  }

  private HttpClient client(String part, ClientConnector connector, Executor executor) {
    connector.setExecutor(executor);
    connector.setScheduler(timer);
    connector.setSelectors(1);
    connector.setConnectTimeout(WIDE);
    connector.setSslContextFactory(trust.newFactory());
    HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
    transport.setConnectionPoolFactory(Transport::poolWithoutReuse);
    HttpClient client = new HttpClient(transport);
    client.setName(name + '-' + part);
    client.setExecutor(executor);
    client.setScheduler(timer);
    client.setConnectTimeout(WIDE.toMillis());
    client.setIdleTimeout(WIDE.toMillis());
    client.setFollowRedirects(false);
    return client;
  }

  /**
   * An attempt must never begin on the remains of another, and REST is asked too rarely to matter.
   */
  private static ConnectionPool poolWithoutReuse(Destination destination) {
    DuplexConnectionPool pool = new DuplexConnectionPool(destination, MAX_CONNECTIONS);
    pool.setMaxUsage(1);
    return pool;
  }

  private void start() {
    try {
      pool.start();
      timer.start();
      streamHttp.start();
      restHttp.start();
      webSocket.start();
    } catch (Exception e) {
      stop();
      throw new IllegalStateException(name + ": the I/O could not be started", e);
    }
  }

  /**
   * Jetty waits for its threads when it stops, so it must be stopped by none of them, nor by ours.
   */
  private void stopAside(Task task) {
    Thread stopper =
        new Thread(
            () -> {
              stop();
              task.cancelled();
            },
            name + "-stop");
    stopper.setDaemon(true);
    stopper.start();
  }

  private void stop() {
    for (LifeCycle part : List.of(webSocket, streamHttp, restHttp, timer, pool)) {
      try {
        part.stop();
      } catch (Exception e) {
        LOG.debug("{}: {} did not stop as it should", name, part, e);
      }
    }
  }

  /** Looks names up for the attempt under way, until it is given up. */
  private final class ReportingResolver implements SocketAddressResolver {
    @Override
    public void resolve(
        String host,
        int port,
        Map<String, Object> context,
        Promise<List<InetSocketAddress>> promise) {
      Steps reporter = steps;
      reporter.entered(ConnectionPhase.DNS);
      reporter.resolving(lookUp(host, port, promise));
    }
  }

  /** Looks names up for requests, which need them in time as well as the answer. */
  private final class PatientResolver implements SocketAddressResolver {
    @Override
    public void resolve(
        String host,
        int port,
        Map<String, Object> context,
        Promise<List<InetSocketAddress>> promise) {
      CompletableFuture<?> addresses = lookUp(host, port, promise);
      Scheduler.Task limit =
          timer.schedule(
              () ->
                  addresses.completeExceptionally(
                      new SocketTimeoutException(
                          "no address for " + host + " within " + PATIENCE.toSeconds() + " s")),
              PATIENCE.toMillis(),
              TimeUnit.MILLISECONDS);
      addresses.whenComplete((any, thrown) -> limit.cancel());
    }
  }

  private CompletableFuture<?> lookUp(
      String host, int port, Promise<List<InetSocketAddress>> promise) {
    CompletableFuture<List<InetAddress>> addresses = names.find(host);
    addresses.whenComplete(
        (found, thrown) -> {
          if (thrown == null) {
            promise.succeeded(
                found.stream().map(address -> new InetSocketAddress(address, port)).toList());
          } else {
            promise.failed(thrown);
          }
        });
    return addresses;
  }

  private static final class GatheringConnector extends ClientConnector {
    @Override
    protected EndPoint newEndPoint(
        SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
      return new GatheringEndPoint((SocketChannel) channel, selector, key, getScheduler());
    }
  }

  private final class ConnectReporter implements ClientConnector.ConnectListener {
    @Override
    public void onConnectBegin(SocketChannel channel, SocketAddress address) {
      steps.entered(ConnectionPhase.TCP);
      steps.opening(channel);
    }

    @Override
    public void onConnectSuccess(SocketChannel channel) {
      // The attempt knows whether TLS comes before the upgrade.
      steps.entered(ConnectionPhase.TLS);
    }
  }

  private final class AnswerReporter implements UpgradeListener {
    private final Steps reporter;

    AnswerReporter(Steps reporter) {
      this.reporter = reporter;
    }

    @Override
    public void onHandshakeResponse(Request request, Response answer) {
      RetryAfter.of(answer.getHeaders(), clock.now()).ifPresent(reporter::askedToWait);
    }
  }

  private final class HandshakeReporter implements SslHandshakeListener {
    @Override
    public void handshakeSucceeded(Event event) {
      steps.entered(ConnectionPhase.UPGRADE);
    }
  }
}
