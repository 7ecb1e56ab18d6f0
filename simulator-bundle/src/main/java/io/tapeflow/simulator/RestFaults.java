package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.REST_EMPTY;
import static io.tapeflow.api.simulator.FaultKind.REST_HANG;
import static io.tapeflow.api.simulator.FaultKind.REST_LAG;
import static io.tapeflow.api.simulator.FaultKind.REST_LATE;
import static io.tapeflow.api.simulator.FaultKind.REST_LEAVES_OUT;
import static io.tapeflow.api.simulator.FaultKind.REST_OTHER_SYMBOL;
import static io.tapeflow.api.simulator.FaultKind.REST_OUT_OF_RANGE;
import static io.tapeflow.api.simulator.FaultKind.REST_RESET;
import static io.tapeflow.api.simulator.FaultKind.REST_SHUFFLED;
import static io.tapeflow.api.simulator.FaultKind.REST_STATUS;
import static io.tapeflow.api.simulator.FaultKind.REST_TRUNCATED;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the faults do to the REST answers about one symbol, or about none in particular. */
final class RestFaults {
  private final Exchange exchange;
  private final String symbol;

  RestFaults(Exchange exchange, String symbol) {
    this.exchange = exchange;
    this.symbol = symbol;
  }

  /** Keeps the answer back, or gives another; returns false if there is to be one as usual. */
  boolean takeOver(Request request, Response response, Callback callback) {
    if (fault(REST_HANG) != null) {
      StreamHandler.endPoint(request).freeze();
      return true;
    }
    VenueFault status = fault(REST_STATUS);
    if (status == null) {
      return false;
    }
    int code = Faults.number(status);
    String page =
        "<html><head><title>%d</title></head><body><h1>%d %s</h1></body></html>"
            .formatted(code, code, HttpStatus.getMessage(code));
    response.setStatus(code);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html");
    response.write(true, ByteBuffer.wrap(page.getBytes(StandardCharsets.US_ASCII)), callback);
    return true;
  }

  /** The market whose trades are told for this one's. */
  Market told(Market asked) {
    if (fault(REST_OTHER_SYMBOL) == null) {
      return asked;
    }
    return exchange.markets().stream()
        .filter(market -> !market.symbol().equals(asked.symbol()))
        .findFirst()
        .orElse(asked);
  }

  /** The position behind the last trade that REST knows of. */
  long end(Market market) {
    VenueFault lag = fault(REST_LAG);
    return lag == null
        ? market.tape().end()
        : market.endBefore(
            exchange.clock().nanos() - TimeUnit.MILLISECONDS.toNanos(Faults.number(lag)));
  }

  /** The page of a market that is told for this one. */
  TradePage told(Market market, TradePage page) {
    if (fault(REST_EMPTY) != null) {
      return page.empty();
    }
    TradePage told = fault(REST_OUT_OF_RANGE) == null ? page : page.before();
    VenueFault leavesOut = fault(REST_LEAVES_OUT);
    if (leavesOut != null) {
      int every = Faults.number(leavesOut);
      told = told.without(position -> position % every == 0 && market.leavesOutOnce(position));
    }
    return fault(REST_SHUFFLED) == null ? told : told.shuffled();
  }

  /** Sends an answer, unless something comes between. */
  void send(Request request, Response response, byte[] body, Callback callback) {
    VenueFault late = fault(REST_LATE);
    if (late == null) {
      write(request, response, body, callback);
    } else {
      request
          .getConnectionMetaData()
          .getConnector()
          .getScheduler()
          .schedule(
              () -> write(request, response, body, callback),
              Faults.number(late),
              TimeUnit.MILLISECONDS);
    }
  }

  private void write(Request request, Response response, byte[] body, Callback callback) {
    byte[] half = Arrays.copyOf(body, body.length / 2);
    if (fault(REST_RESET) != null) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
      VenueEndPoint endPoint = StreamHandler.endPoint(request);
      response.write(false, ByteBuffer.wrap(half), Callback.from(endPoint::cut, failed -> {}));
    } else {
      byte[] told = fault(REST_TRUNCATED) == null ? body : half;
      response.write(true, ByteBuffer.wrap(told), callback);
    }
  }

  private VenueFault fault(FaultKind kind) {
    return exchange.faults().get(kind, symbol);
  }
}
