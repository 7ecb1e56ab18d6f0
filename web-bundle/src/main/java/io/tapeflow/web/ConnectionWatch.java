package io.tapeflow.web;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.SelectableChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.Container;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the connections of a server to the limit, whichever of its connectors they come by. Jetty's
 * own {@code NetworkConnectionLimit} would rather let new clients wait until others have gone,
 * which whoever holds the connections can put off for ever.
 */
final class ConnectionWatch implements Container.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);

  private final Connections connections;
  private final ConnectionTable table;
  private final List<ServerConnector> connectors = new CopyOnWriteArrayList<>();
  private final Door door = new Door();
  private final HttpConfiguration.Customizer requests = this::asked;

  ConnectionWatch(Connections connections) {
    this.connections = connections;
    this.table = connections.count();
  }

  /** Those that are there already are told as well. */
  @Override
  public void beanAdded(Container parent, Object child) {
    if (child instanceof ServerConnector connector && !(child instanceof LimitConnector)) {
      watch(connector);
    }
  }

  @Override
  public void beanRemoved(Container parent, Object child) {
    if (child instanceof ServerConnector connector && connectors.remove(connector)) {
      connector.getSelectorManager().removeEventListener(door);
      configurations(connector).forEach(it -> it.removeCustomizer(requests));
    }
  }

  /** Watches no more. */
  void end() {
    connections.forget(table);
  }

  private void watch(ServerConnector connector) {
    connectors.add(connector);
    configurations(connector).forEach(it -> it.addCustomizer(requests));
    connector.getSelectorManager().addEventListener(door);
    // Who came before the door was watched.
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      channel(endPoint).ifPresent(channel -> enter(channel, endPoint));
    }
  }

  private void enter(Channel channel, EndPoint endPoint) {
    admit(channel);
    if (!endPoint.isOpen()) {
      // It may have left before it was entered.
      table.leave(channel);
    }
  }

  private static List<HttpConfiguration> configurations(ServerConnector connector) {
    return connector.getConnectionFactories().stream()
        .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
        .map(it -> ((HttpConfiguration.ConnectionFactory) it).getHttpConfiguration())
        .distinct()
        .toList();
  }

  private void admit(Channel channel) {
    for (Channel each : connections.enter(table, channel)) {
      close(each);
    }
  }

  private void close(Channel channel) {
    LOG.debug("Closed because of the limit: {}", channel);
    for (ServerConnector connector : connectors) {
      for (EndPoint endPoint : connector.getConnectedEndPoints()) {
        if (endPoint.getTransport() == channel) {
          endPoint.close();
          return;
        }
      }
    }
    // The server has not begun with it, and gives it up when it finds it closed.
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("It was gone already", e);
    }
  }

  private Request asked(Request request, HttpFields.Mutable responseHeaders) {
    channel(request.getConnectionMetaData().getConnection().getEndPoint())
        .ifPresent(channel -> follow(request, channel));
    return request;
  }

  private void follow(Request request, Channel channel) {
    table.begin(channel);
    Request.addCompletionListener(
        request,
        failure -> {
          // What becomes a WebSocket is in use until it is closed.
          if (!(request.getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE)
              instanceof Connection)) {
            table.end(channel);
          }
        });
  }

  /** The socket's, of which TLS is a layer. */
  private static Optional<Channel> channel(EndPoint endPoint) {
    Object transport = endPoint.getTransport();
    while (transport instanceof EndPoint lower) {
      transport = lower.getTransport();
    }
    return transport instanceof Channel channel ? Optional.of(channel) : Optional.empty();
  }

  /** Where connections come and go. */
  private final class Door implements SelectorManager.AcceptListener {
    @Override
    public void onAccepting(SelectableChannel channel) {
      admit(channel);
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
      table.leave(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
      table.leave(channel);
    }
  }
}
