package io.tapeflow.web;

import java.util.Arrays;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A connector that has no socket and no thread. Felix shows its server to none but those who make a
 * connector, which it starts and stops with that server; so this one holds the limit to all others
 * from its start to its stop. Host, port and TLS stay with them, as they are configured.
 */
final class LimitConnector extends ServerConnector {
  private final ServerConnector first;
  private final ConnectionWatch watch;

  /**
   * Holds a server to the limit.
   *
   * @throws IllegalStateException if the server listens nowhere, which Felix would not notice if it
   *     got this connector
   */
  LimitConnector(Server server, Connections connections) {
    super(server, null, null, null, 0, 1, new HttpConnectionFactory());
    first =
        Arrays.stream(server.getConnectors())
            .filter(ServerConnector.class::isInstance)
            .map(ServerConnector.class::cast)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("The HTTP server listens nowhere"));
    watch = new ConnectionWatch(connections);
    // Felix tells the addresses of all connectors; there is none to be told but those there are.
    setHost(first.getHost());
    setPort(first.getPort());
  }

  @Override
  public String getDefaultProtocol() {
    return first == null ? super.getDefaultProtocol() : first.getDefaultProtocol();
  }

  @Override
  protected void doStart() {
    getServer().addEventListener(watch);
  }

  @Override
  protected void doStop() {
    getServer().removeEventListener(watch);
    watch.end();
  }
}
