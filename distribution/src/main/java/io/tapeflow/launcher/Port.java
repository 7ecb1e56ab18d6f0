package io.tapeflow.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A TCP port on the loopback interface; 0 stands for any that is free. */
record Port(int number) {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** A port that nothing listens on now. */
  static Port free() throws CommandFailure {
    try (ServerSocket socket = bound(0)) {
      return new Port(socket.getLocalPort());
    } catch (IOException e) {
      throw new CommandFailure("no TCP port is free on 127.0.0.1", e);
    }
  }

  /** Refuses a port that something listens on already. */
  void requireFree(String option) throws CommandFailure {
    try {
      bound(number).close();
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot listen on 127.0.0.1:"
              + number
              + " ("
              + e.getMessage()
              + "): is another instance running? Choose another port with "
              + option
              + ", 0 for any that is free");
    }
  }

  static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(LOOPBACK);
  }

  private static ServerSocket bound(int number) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), number));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Reads a port's number. */
  static final class Reader implements ITypeConverter<Port> {
    @Override
    public Port convert(String value) {
      try {
        int number = Integer.parseInt(value);
        if (number >= 0 && number <= 65535) {
          return new Port(number);
        }
      } catch (NumberFormatException e) {
        // Told below, as for a number out of range.
      }
      throw new TypeConversionException(
          "'" + value + "' is not a port: expected 0..65535, 0 for any that is free");
    }
  }
}
