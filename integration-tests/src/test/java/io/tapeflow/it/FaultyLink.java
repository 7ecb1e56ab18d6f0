package io.tapeflow.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The network between a stream and its venue: it forwards bytes, until it is told to do to them
 * what networks do.
 */
final class FaultyLink implements AutoCloseable {
  private static final int CHUNK = 8_192;

  /** What TCP waits for at the least before it sends a packet again. */
  private static final long RETRANSMISSION_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ServerSocket listener;
  private final InetAddress host;
  private final String scheme;
  private final int port;
  private final Set<Pipe> pipes = ConcurrentHashMap.newKeySet();
  private final Object change = new Object();
  private boolean stalled;
  private boolean deafUpwards;
  private int pieces = CHUNK;
  private boolean lossy;
  private boolean garbling;
  private boolean closed;

  private FaultyLink(URI target) throws IOException {
    host = InetAddress.getLoopbackAddress();
    scheme = target.getScheme();
    port = target.getPort();
    listener = new ServerSocket(0, 50, host);
    start("accept", this::accept);
  }

  /** Opens a link that forwards to an address until the test ends. */
  static FaultyLink to(Host host, URI target) {
    try {
      return host.owns(new FaultyLink(target));
    } catch (IOException e) {
      throw new AssertionError("No link to " + target, e);
    }
  }

  URI endpoint() {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
  }

  /** Nothing passes any more in either direction, and nobody is told: a half-open connection. */
  void stall() {
    change(() -> stalled = true);
  }

  /** What the client sends gets lost; what the venue sends arrives. */
  void loseWhatIsSent() {
    change(() -> deafUpwards = true);
  }

  /** Bytes arrive in pieces of so many, each a packet of its own. */
  void shred(int bytes) {
    change(() -> pieces = bytes);
  }

  /** One packet in ten gets lost and arrives late; all behind it waits, as TCP has it. */
  void losePackets() {
    change(() -> lossy = true);
  }

  /** What arrives from the venue is not what it sent: one bit of each packet. */
  void garble() {
    change(() -> garbling = true);
  }

  /** Everything passes again, what was held up included. */
  void heal() {
    change(
        () -> {
          stalled = false;
          deafUpwards = false;
          pieces = CHUNK;
          lossy = false;
          garbling = false;
        });
  }

  /** Cuts all connections in the middle of what is passing, by a reset or an orderly end. */
  void cut(boolean reset) {
    pipes.forEach(pipe -> pipe.cut(reset));
  }

  @Override
  public void close() throws IOException {
    change(() -> closed = true);
    listener.close();
    pipes.forEach(pipe -> pipe.cut(true));
  }

  private void change(Runnable what) {
    synchronized (change) {
      what.run();
      change.notifyAll();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        try {
          Pipe pipe = new Pipe(client, new Socket(host, port));
          pipes.add(pipe);
          pipe.start();
        } catch (IOException e) {
          client.close();
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void start(String what, Runnable body) {
    Thread thread = new Thread(body, "link-" + what);
    thread.setDaemon(true);
    thread.start();
  }

  private final class Pipe {
    private final Socket client;
    private final Socket venue;

    Pipe(Socket client, Socket venue) throws SocketException {
      this.client = client;
      this.venue = venue;
      client.setTcpNoDelay(true);
      venue.setTcpNoDelay(true);
    }

    void start() {
      FaultyLink.start("up", () -> forward(client, venue, true));
      FaultyLink.start("down", () -> forward(venue, client, false));
    }

    private void forward(Socket from, Socket to, boolean upwards) {
      byte[] buffer = new byte[CHUNK];
      int packets = 0;
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        int length;
        while ((length = in.read(buffer)) >= 0) {
          if (mayPass(upwards)) {
            awaitRetransmission(++packets);
            garble(buffer, length, upwards);
            write(out, buffer, length);
          }
        }
      } catch (IOException e) {
        // The other end has gone; so does this one.
      }
      cut(false);
    }

    /** Waits while nothing may pass. Returns whether the bytes are to arrive at all. */
    private boolean mayPass(boolean upwards) throws IOException {
      synchronized (change) {
        while (stalled && !closed) {
          try {
            change.wait();
          } catch (InterruptedException e) {
            throw new IOException("Interrupted", e);
          }
        }
        return !(upwards && deafUpwards);
      }
    }

    private void awaitRetransmission(int packet) throws IOException {
      long until = System.nanoTime() + RETRANSMISSION_NANOS;
      synchronized (change) {
        while (lossy && packet % 10 == 0 && System.nanoTime() - until < 0) {
          try {
            TimeUnit.NANOSECONDS.timedWait(change, until - System.nanoTime());
          } catch (InterruptedException e) {
            throw new IOException("Interrupted", e);
          }
        }
      }
    }

    private void garble(byte[] buffer, int length, boolean upwards) {
      synchronized (change) {
        if (garbling && !upwards) {
          buffer[length / 2] ^= 1;
        }
      }
    }

    private void write(OutputStream out, byte[] buffer, int length) throws IOException {
      int size;
      synchronized (change) {
        size = pieces;
      }
      for (int i = 0; i < length; i += size) {
        out.write(buffer, i, Math.min(size, length - i));
        out.flush();
      }
    }

    void cut(boolean reset) {
      pipes.remove(this);
      for (Socket socket : new Socket[] {client, venue}) {
        try {
          if (reset) {
            socket.setSoLinger(true, 0);
          }
          socket.close();
        } catch (IOException e) {
          // It is closed already.
        }
      }
    }
  }
}
