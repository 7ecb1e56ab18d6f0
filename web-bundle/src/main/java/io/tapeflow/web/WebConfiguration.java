package io.tapeflow.web;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. {@link WebSettings} reads and checks the values. */
@ObjectClassDefinition(name = "Tapeflow web", description = "Who may ask over HTTP, and how much.")
@interface WebConfiguration {
  @AttributeDefinition(
      name = "Host names",
      description =
          "Names by which browsers may call this server, beside localhost and addresses in"
              + " numbers. A page of another site that has its name point here is refused.",
      required = false)
  String[] hosts() default {};

  @AttributeDefinition(
      name = "Token",
      description =
          "If set, every request must carry it, as a bearer token or as the password of any user."
              + " Set one if the server is reached from other machines. 16 to 256 characters.",
      type = AttributeType.PASSWORD,
      required = false)
  String token() default "";

  @AttributeDefinition(
      name = "Requests per second",
      description = "From one address, on average; twice as many at once. 1 to 100000.",
      min = "1",
      max = "100000")
  int requests_per_second() default WebSettings.REQUESTS_PER_SECOND;

  @AttributeDefinition(
      name = "Connections",
      description =
          "How many the HTTP server has at the most, whatever they are for. For each beyond it that"
              + " one is closed which has asked nothing for longest. 1 to 100000; 0 for no limit."
              + " Felix's server only.",
      min = "0",
      max = "100000")
  int connections() default WebSettings.CONNECTIONS;

  @AttributeDefinition(
      name = "Event clients",
      description = "How many clients may follow events at the same time, 1 to 10000.",
      min = "1",
      max = "10000")
  int events_clients() default WebSettings.EVENT_CLIENTS;

  @AttributeDefinition(
      name = "Event stall (ms)",
      description =
          "A client of events that takes nothing for so long is dropped, 100 to 600000 ms.",
      min = "100",
      max = "600000")
  int events_stall_ms() default WebSettings.EVENT_STALL_MS;

  @AttributeDefinition(
      name = "Prometheus values",
      description =
          "Up to so many values of metrics are put on the Prometheus page, 0 to 1000000; how many"
              + " were left out, the page says.",
      min = "0",
      max = "1000000")
  int prometheus_values() default WebSettings.PROMETHEUS_VALUES;
}
