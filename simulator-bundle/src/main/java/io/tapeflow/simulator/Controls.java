package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.REFUSE_SUBSCRIBE;
import static io.tapeflow.api.simulator.FaultKind.SILENT_IN_SUBSCRIBE;
import static io.tapeflow.simulator.JsonText.quoted;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Does what control requests ask for, and answers as the venue would. */
final class Controls {
  private final Exchange exchange;
  private final Outbox outbox;

  Controls(Exchange exchange, Outbox outbox) {
    this.exchange = exchange;
    this.outbox = outbox;
  }

  /** Takes a text message. */
  void take(byte[] message) {
    try {
      answer(ControlRequest.parse(message));
    } catch (ControlRequest.Refused e) {
      // Only an unknown property is known well enough to be answered with its request's id.
      outbox.reply("{\"code\":%d,\"msg\":%s}".formatted(e.code(), quoted(e.getMessage())));
    }
  }

  /** Enters the streams that were named in the address. */
  void subscribeAtOnce(List<String> streams) {
    if (exchange.faults().isOn(SILENT_IN_SUBSCRIBE)) {
      outbox.withhold();
    } else if (!exchange.faults().isOn(REFUSE_SUBSCRIBE)) {
      outbox.subscribe(streams);
    }
  }

  private void answer(ControlRequest request) throws ControlRequest.Refused {
    switch (request.method()) {
      case SUBSCRIBE -> subscribe(request);
      case UNSUBSCRIBE -> {
        outbox.unsubscribe(names(request));
        done(request);
      }
      case LIST_SUBSCRIPTIONS -> {
        noMoreThan(request, 0);
        result(request, list(outbox.streams()));
      }
      case SET_PROPERTY -> setProperty(request);
      case GET_PROPERTY -> {
        noMoreThan(request, 1);
        if (isCombined(request)) {
          result(request, String.valueOf(outbox.combined()));
        }
      }
    }
  }

  private void subscribe(ControlRequest request) throws ControlRequest.Refused {
    List<String> names = names(request);
    if (exchange.faults().isOn(SILENT_IN_SUBSCRIBE)) {
      outbox.withhold();
    } else if (exchange.faults().isOn(REFUSE_SUBSCRIBE)) {
      error(request, 2, "Invalid request: subscriptions are refused");
    } else {
      Set<String> all = new LinkedHashSet<>(outbox.streams());
      all.addAll(names);
      int most = exchange.settings().limits().streamsPerConnection();
      if (all.size() > most) {
        throw new ControlRequest.Refused(
            2, "Invalid request: too many streams, " + most + " at most");
      }
      done(request);
      outbox.subscribe(names);
    }
  }

  private void setProperty(ControlRequest request) throws ControlRequest.Refused {
    noMoreThan(request, 2);
    if (!isCombined(request)) {
      return;
    }
    if (request.params().size() < 2 || !(request.params().get(1) instanceof Boolean wrapped)) {
      throw new ControlRequest.Refused(1, "Invalid value type: expected Boolean");
    }
    outbox.combined(wrapped);
    done(request);
  }

  /** Whether it is about the one property there is; if not, that has been answered. */
  private boolean isCombined(ControlRequest request) throws ControlRequest.Refused {
    if (request.params().isEmpty() || !(request.params().get(0) instanceof String name)) {
      throw new ControlRequest.Refused(2, "Invalid request: property name must be a string");
    }
    if (!name.equals("combined")) {
      error(request, 0, "Unknown property");
      return false;
    }
    return true;
  }

  private static List<String> names(ControlRequest request) throws ControlRequest.Refused {
    List<String> names = new ArrayList<>();
    for (Object param : request.params()) {
      if (!(param instanceof String name)) {
        throw new ControlRequest.Refused(2, "Invalid request: invalid type, expected a string");
      }
      names.add(name);
    }
    if (names.isEmpty()) {
      throw new ControlRequest.Refused(2, "Invalid request: missing field `params`");
    }
    return names;
  }

  private static void noMoreThan(ControlRequest request, int params) throws ControlRequest.Refused {
    if (request.params().size() > params) {
      throw new ControlRequest.Refused(2, "Invalid request: too many parameters");
    }
  }

  private void done(ControlRequest request) {
    result(request, "null");
  }

  private void result(ControlRequest request, String json) {
    outbox.reply("{\"result\":%s,\"id\":%s}".formatted(json, request.id()));
  }

  private void error(ControlRequest request, int code, String message) {
    outbox.reply(
        "{\"code\":%d,\"msg\":%s,\"id\":%s}".formatted(code, quoted(message), request.id()));
  }

  private static String list(List<String> names) {
    return names.stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]"));
  }
}
