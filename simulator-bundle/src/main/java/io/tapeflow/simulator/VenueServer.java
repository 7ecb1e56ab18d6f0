package io.tapeflow.simulator;

import io.tapeflow.tasks.Task;
import io.tapeflow.tasks.TaskScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The venue's two ports and the threads behind them. */
final class VenueServer {
  private static final Logger LOG = LoggerFactory.getLogger(VenueServer.class);
  private static final String NAME = "tapeflow-venue";
  private static final int MOST_THREADS = 24;
  private static final int FEWEST_THREADS = 5;
  private static final int GOING_AWAY = 1_001;
  private static final int STOP_MILLIS = 1_000;
  private static final int GOODBYE_MILLIS = 250;
  // An upgrade of a thousand streams comes in one line.
  private static final int HEADER_SIZE = 64 * 1_024;

  private final Exchange exchange;
  private final QueuedThreadPool pool = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
  private final Server server;
  private final VenueConnector streams;
  private final VenueConnector rest;

  /** A server with a certificate; null for no TLS. */
  VenueServer(Exchange exchange, Certificate certificate) {
    this.exchange = exchange;
    pool.setName(NAME);
    pool.setDaemon(true);
    pool.setReservedThreads(0);
    pool.setStopTimeout(STOP_MILLIS);
    server = new Server(pool, new ScheduledExecutorScheduler(NAME + "-timer", true), null);
    server.setStopAtShutdown(false);
    HttpConfiguration config = new HttpConfiguration();
    config.setSendServerVersion(false);
    config.setRequestHeaderSize(HEADER_SIZE);
    List<ConnectionFactory> protocols = protocols(config, certificate);
    VenueSettings settings = exchange.settings();
    streams =
        new VenueConnector(server, protocols, settings.port(), exchange.faults(), exchange.tally());
    rest =
        new VenueConnector(server, protocols, settings.restPort(), new Faults(), exchange.tally());
    server.addConnector(streams);
    server.addConnector(rest);
    server.setHandler(new StreamHandler(exchange, pool, new RestHandler(exchange)));
  }

  private static List<ConnectionFactory> protocols(
      HttpConfiguration config, Certificate certificate) {
    HttpConnectionFactory http = new HttpConnectionFactory(config);
    return certificate == null
        ? List.of(http)
        : List.of(new SslConnectionFactory(certificate.factory(), http.getProtocol()), http);
  }

  /**
   * Opens the ports and enters the server in the scope, which ends it.
   *
   * @throws IOException if a port cannot be had
   */
  void start(TaskScope scope) throws IOException {
    AtomicReference<Task> task = new AtomicReference<>();
    task.set(scope.enter("server", NAME, () -> stop(task.get()), this::cutAll));
    try {
      server.start();
    } catch (IOException e) {
      stopServer();
      task.get().failed();
      throw e;
    } catch (Exception e) {
      stopServer();
      task.get().failed();
      throw new IllegalStateException("The venue's server did not start", e);
    }
    scope.watch(NAME, pool);
  }

  VenueConnector streams() {
    return streams;
  }

  VenueConnector rest() {
    return rest;
  }

  /** All sockets, of both ports. */
  List<VenueEndPoint> endPoints() {
    List<VenueEndPoint> all = new ArrayList<>(streams.endPoints());
    all.addAll(rest.endPoints());
    return all;
  }

  /** Jetty waits for its threads when it stops, so it gets one to wait on. */
  private void stop(Task task) {
    Thread stopper =
        new Thread(
            () -> {
              sayGoodbye();
              stopServer();
              task.finished();
            },
            NAME + "-stop");
    stopper.setDaemon(true);
    stopper.start();
  }

  private void sayGoodbye() {
    CompletableFuture<?>[] sent =
        exchange.sessions().stream()
            .map(session -> session.close(GOING_AWAY, "Going away"))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(sent).get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Not every client could be told", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void cutAll() {
    endPoints().forEach(VenueEndPoint::cut);
  }

  private void stopServer() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("The venue's server did not stop cleanly", e);
    }
  }
}
