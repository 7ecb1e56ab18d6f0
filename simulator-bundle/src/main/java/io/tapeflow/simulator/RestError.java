package io.tapeflow.simulator;

/** A request that is answered with the venue's error body. */
final class RestError extends Exception {
  private static final long serialVersionUID = 1;

  private static final int TOO_MANY = -1_003;

  private final int status;
  private final int code;

  RestError(int code, String message) {
    this(400, code, message);
  }

  RestError(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static RestError missing(String parameter) {
    return new RestError(
        -1_102,
        "Mandatory parameter '" + parameter + "' was not sent, was empty/null, or malformed.");
  }

  static RestError illegal(String parameter, String range) {
    return new RestError(
        -1_100,
        "Illegal characters found in parameter '%s'; legal range is '%s'."
            .formatted(parameter, range));
  }

  static RestError unknownSymbol() {
    return new RestError(-1_121, "Invalid symbol.");
  }

  static RestError tooMuchWeight(int limit) {
    return new RestError(
        429,
        TOO_MANY,
        "Too much request weight used; current limit is %d request weight per 1 MINUTE."
            .formatted(limit));
  }

  static RestError banned(long untilMillis) {
    return new RestError(
        418,
        TOO_MANY,
        "Way too much request weight used; IP banned until %d.".formatted(untilMillis));
  }

  int status() {
    return status;
  }

  String body() {
    return "{\"code\":%d,\"msg\":%s}".formatted(code, JsonText.quoted(getMessage()));
  }
}
