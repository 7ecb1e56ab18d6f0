package io.tapeflow.stream;

import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Component;

/** Lets one connection of this process roll over at a time. Safe for any thread. */
@Component(service = RolloverGate.class)
public final class RolloverGate {
  private final AtomicReference<Object> inside = new AtomicReference<>();

  /** Lets somebody in if nobody else is. */
  boolean enter(Object who) {
    return inside.compareAndSet(null, who) || inside.get() == who;
  }

  void leave(Object who) {
    inside.compareAndSet(who, null);
  }
}
