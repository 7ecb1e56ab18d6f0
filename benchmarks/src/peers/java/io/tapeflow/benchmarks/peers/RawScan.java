package io.tapeflow.benchmarks.peers;

import io.tapeflow.benchmarks.race.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The limit: a socket, frames split by their lengths, and a scan for the four fields that count,
 * which trusts every byte. Nothing that is any use could cost less.
 */
final class RawScan implements Peer.Client {
  private final byte[] buffer = new byte[64 << 10];

  @Override
  public void follow(URI venue, String symbol, Tally tally) throws IOException {
    Socket socket = new Socket(venue.getHost(), venue.getPort());
    String request =
        "GET /stream?streams="
            + symbol.toLowerCase(Locale.ROOT)
            + "@aggTrade HTTP/1.1\r\nHost: venue\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    int last = 0;
    while (last != 0x0d0a0d0a) {
      last = (last << 8) | in.read();
    }
    Thread reader = new Thread(() -> read(in, tally), "raw-scan");
    reader.start();
  }

  private void read(InputStream in, Tally tally) {
    int end = 0;
    try {
      while (true) {
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
          return;
        }
        end += count;
        int at = 0;
        while (end - at >= 4) {
          int length = buffer[at + 1];
          int header = 2;
          if (length == 126) {
            length = ((buffer[at + 2] & 0xFF) << 8) | (buffer[at + 3] & 0xFF);
            header = 4;
          }
          if (end - at < header + length) {
            break;
          }
          scan(at + header, tally);
          at += header + length;
        }
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void scan(int from, Tally tally) {
    int at = value(from, 'E');
    long stamp = number(at);
    at = value(at, 'a');
    long id = number(at);
    at = value(at, 'q');
    // With eight decimals, it is the number without its point.
    long quantity = number(at + 1);
    at = value(at, 'm');
    tally.trade(id, quantity, buffer[at] == 'f', stamp);
  }

  /** Where the value of the next field of a name is. */
  private int value(int from, char name) {
    int at = from;
    while (buffer[at] != '"' || buffer[at + 1] != name || buffer[at + 2] != '"') {
      at++;
    }
    return at + 4;
  }

  private long number(int from) {
    long number = 0;
    for (int at = from; ; at++) {
      byte c = buffer[at];
      if (c >= '0' && c <= '9') {
        number = number * 10 + c - '0';
      } else if (c != '.') {
        return number;
      }
    }
  }
}
