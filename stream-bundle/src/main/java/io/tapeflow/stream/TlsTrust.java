package io.tapeflow.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.Objects;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Whom a TLS connection trusts: the authorities that Java knows, or only those of a trust store.
 * That the certificate is for the host's name is verified either way.
 */
final class TlsTrust {
  /** Trust in the authorities that Java knows. */
  static final TlsTrust OF_JAVA = new TlsTrust(null, "", null);

  private final Path file;
  private final String password;
  private final KeyStore store;

  private TlsTrust(Path file, String password, KeyStore store) {
    this.file = file;
    this.password = password;
    this.store = store;
  }

  /**
   * Trust in the certificates of a file, in any format that Java reads, and in no others.
   *
   * @throws IOException if the file cannot be read, or holds no certificate to trust
   */
  static TlsTrust in(Path file, String password) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        if (store.isCertificateEntry(alias)) {
          return new TlsTrust(file, password, store);
        }
      }
      throw new IOException("it holds no certificate to trust");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  SslContextFactory.Client newFactory() {
    SslContextFactory.Client factory = new SslContextFactory.Client();
    if (store != null) {
      factory.setTrustStore(store);
    }
    return factory;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TlsTrust trust
        && Objects.equals(file, trust.file)
        && password.equals(trust.password);
  }

  @Override
  public int hashCode() {
    return Objects.hash(file, password);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return file == null ? "Java's authorities" : file.toString();
  }
}
