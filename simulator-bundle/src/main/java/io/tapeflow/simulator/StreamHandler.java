package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.HTTP_STATUS;
import static io.tapeflow.api.simulator.FaultKind.SILENT_IN_UPGRADE;

import io.tapeflow.api.simulator.VenueFault;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.WebSocketExtensionRegistry;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;

/** Answers upgrades, or refuses them as the faults say; leaves all else to the next handler. */
final class StreamHandler extends Handler.Wrapper {
  private static final String WEB_SOCKET = "websocket";
  private static final List<String> PATHS = List.of("/ws/*", "/stream/*");

  private static final List<String> ROUTES = List.of("/market", "/public", "/private");

  private final Exchange exchange;
  private final AttemptLimits attempts;

  StreamHandler(Exchange exchange, Executor executor, Handler next) {
    this.exchange = exchange;
    this.attempts = new AttemptLimits(exchange.settings().limits());
    WebSocketUpgradeHandler upgrades = new WebSocketUpgradeHandler(plainComponents(executor));
    WebSocketNegotiator negotiator =
        (request, response, callback) -> {
          VenueEndPoint endPoint = endPoint(request);
          if (endPoint.faults().isOn(SILENT_IN_UPGRADE)) {
            endPoint.freezeInUpgrade();
          }
          return new StreamSession(exchange, StreamTarget.of(request.getHttpURI()), endPoint);
        };
    PATHS.forEach(path -> upgrades.addMapping(path, negotiator));
    if (exchange.settings().dialect() == Dialect.USDM) {
      for (String route : ROUTES) {
        PATHS.forEach(path -> upgrades.addMapping(route + path, negotiator));
      }
    }
    upgrades.setHandler(next);
    setHandler(upgrades);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (WEB_SOCKET.equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE))) {
      if (!admit(request)) {
        long wait = attempts.secondsLeft(Request.getRemoteAddr(request), exchange.clock().nanos());
        response.getHeaders().put(HttpHeader.RETRY_AFTER, wait);
        Response.writeError(request, response, callback, HttpStatus.TOO_MANY_REQUESTS_429);
        return true;
      }
      VenueFault status = endPoint(request).faults().get(HTTP_STATUS);
      if (status != null) {
        Response.writeError(request, response, callback, Faults.number(status));
        return true;
      }
      if (StreamTarget.of(request.getHttpURI()).streams().size()
          > exchange.settings().limits().streamsPerConnection()) {
        Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
        return true;
      }
    }
    return super.handle(request, response, callback);
  }

  private boolean admit(Request request) {
    String address = Request.getRemoteAddr(request);
    boolean admitted = attempts.admit(address, exchange.clock().nanos());
    exchange.tally().attempt(admitted);
    return admitted;
  }

  static VenueEndPoint endPoint(Request request) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    while (endPoint instanceof EndPoint.Wrapper secured) {
      endPoint = secured.unwrap();
    }
    return (VenueEndPoint) endPoint;
  }

  /** WebSocket without extensions: the real venue compresses nothing. */
  private static WebSocketComponents plainComponents(Executor executor) {
    WebSocketExtensionRegistry registry = new WebSocketExtensionRegistry();
    List.copyOf(registry.getAvailableExtensionNames()).forEach(registry::unregister);
    return new WebSocketComponents(registry, null, null, null, null, executor);
  }
}
