package io.tapeflow.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;

/**
 * Who carries which instrument, so that no two connections of this process stream the same one,
 * however often it is configured.
 */
@Component(service = InstrumentClaims.class)
public final class InstrumentClaims {
  private final Map<String, String> owners = new ConcurrentHashMap<>();

  /**
   * Claims an instrument.
   *
   * @return the PID that has it: the claimant's own if the claim was granted
   */
  String claim(String key, String pid) {
    String owner = owners.putIfAbsent(key, pid);
    return owner == null ? pid : owner;
  }

  boolean isClaimed(String key) {
    return owners.containsKey(key);
  }

  void release(String key, String pid) {
    owners.remove(key, pid);
  }
}
