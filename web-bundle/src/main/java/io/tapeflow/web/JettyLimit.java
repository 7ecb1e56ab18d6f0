package io.tapeflow.web;

import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Brings the limit of connections to Felix's HTTP server. Where the server is another, its packages
 * are not there, nobody asks for this service, and the class is never loaded.
 */
@Component(service = ConnectorFactory.class)
public final class JettyLimit implements ConnectorFactory {
  private final Connections connections;

  /** Counts with these. */
  @Activate
  public JettyLimit(@Reference Connections connections) {
    this.connections = connections;
  }

  @Override
  public Connector createConnector(Server server) {
    return new LimitConnector(server, connections);
  }
}
