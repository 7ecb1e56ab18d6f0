package io.tapeflow.web;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a server may be called by a name. A page of a foreign site can have its own name point to
 * this machine and would then be of the same origin; it cannot do so with {@code localhost} or with
 * an address in numbers.
 */
final class HostNames {
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

  private HostNames() {}

  /**
   * Whether the header means this server.
   *
   * @param header of the name {@code Host}; null if there is none
   * @param configured names that are allowed, in lower case
   */
  static boolean allow(String header, Set<String> configured) {
    if (header == null) {
      return false;
    }
    String host = PORT.matcher(header.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
    return host.equals("localhost")
        || IPV4.matcher(host).matches()
        || IPV6.matcher(host).matches()
        || configured.contains(host);
  }
}
