package io.tapeflow.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loopback port whose sockets have faults, and which can be closed for a while. */
final class VenueConnector extends ServerConnector {
  private static final Logger LOG = LoggerFactory.getLogger(VenueConnector.class);
  private static final int BACKLOG = 256;

  private final Faults faults;
  private final Tally tally;
  private final Object door = new Object();
  // Guarded by the door: listens, or while the port is shut only keeps others from taking it.
  private NetworkChannel holder;
  // Guarded by the door: until it has left accept(), the acceptor holds a closed port.
  private boolean accepting;

  VenueConnector(
      Server server, List<ConnectionFactory> protocols, int port, Faults faults, Tally tally) {
    super(server, 1, 1, protocols.toArray(ConnectionFactory[]::new));
    this.faults = faults;
    this.tally = tally;
    setHost(InetAddress.getLoopbackAddress().getHostAddress());
    setPort(port);
    setAcceptQueueSize(BACKLOG);
  }

  /** The sockets that are open now. */
  List<VenueEndPoint> endPoints() {
    return getConnectedEndPoints().stream().map(VenueEndPoint.class::cast).toList();
  }

  /** Refuses new connections. */
  void shut() throws IOException {
    synchronized (door) {
      if (holder instanceof ServerSocketChannel) {
        holder.close();
        holder = null;
        awaitAcceptorOut();
        SocketChannel keeper = SocketChannel.open();
        keeper.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        keeper.bind(address());
        holder = keeper;
      }
    }
  }

  /** Accepts new connections again. */
  void listen() throws IOException {
    synchronized (door) {
      if (holder instanceof SocketChannel keeper) {
        holder = listener(address());
        keeper.close();
        door.notifyAll();
      }
    }
  }

  @Override
  protected ServerSocketChannel openAcceptChannel() throws IOException {
    synchronized (door) {
      ServerSocketChannel listener = listener(new InetSocketAddress(getHost(), getPort()));
      holder = listener;
      return listener;
    }
  }

  @Override
  public void accept(int acceptor) throws IOException {
    try {
      SocketChannel channel = acceptFrom(awaitListener());
      channel.configureBlocking(false);
      configure(channel.socket());
      tally.accepted();
      getSelectorManager().accept(channel);
    } catch (ClosedChannelException e) {
      LOG.debug("The port has been shut or closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    VenueEndPoint endPoint = new VenueEndPoint(channel, selector, key, getScheduler(), faults);
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }

  @Override
  public void close() {
    super.close();
    synchronized (door) {
      try {
        if (holder != null) {
          holder.close();
          holder = null;
        }
      } catch (IOException e) {
        LOG.debug("Could not close the port", e);
      }
    }
  }

  private ServerSocketChannel awaitListener() throws InterruptedException {
    synchronized (door) {
      while (!(holder instanceof ServerSocketChannel)) {
        door.wait();
      }
      accepting = true;
      return (ServerSocketChannel) holder;
    }
  }

  private SocketChannel acceptFrom(ServerSocketChannel listener) throws IOException {
    try {
      return listener.accept();
    } finally {
      synchronized (door) {
        accepting = false;
        door.notifyAll();
      }
    }
  }

  private void awaitAcceptorOut() throws IOException {
    try {
      while (accepting) {
        door.wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while shutting the port", e);
    }
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(getHost(), getLocalPort());
  }

  private static ServerSocketChannel listener(InetSocketAddress address) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listener.bind(address, BACKLOG);
      return listener;
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }
}
