package io.tapeflow.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A self-signed certificate that lives as long as its venue. Java has no API that makes one, so the
 * {@code keytool} of the running Java does.
 */
final class Certificate implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Certificate.class);
  private static final String PASSWORD = "tapeflow";
  private static final String ALIAS = "venue";
  private static final int KEYTOOL_SECONDS = 60;

  private final Path folder;
  private final KeyStore key;

  private Certificate(Path folder, KeyStore key) {
    this.folder = folder;
    this.key = key;
  }

  /**
   * Makes a certificate.
   *
   * @param host the name or address that it is for
   * @throws IOException if it cannot be made; nothing is left behind then
   */
  static Certificate of(String host) throws IOException {
    Path folder = Files.createTempDirectory("tapeflow-venue");
    Path file = folder.resolve("key.p12");
    try {
      keytool(folder, host, file);
      KeyStore key = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        key.load(in, PASSWORD.toCharArray());
      }
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry(ALIAS, key.getCertificate(ALIAS));
      Certificate made = new Certificate(folder, key);
      try (var out = Files.newOutputStream(made.truststore())) {
        trust.store(out, PASSWORD.toCharArray());
      }
      return made;
    } catch (IOException | GeneralSecurityException e) {
      delete(folder);
      throw new IOException("No certificate could be made for " + host + ": " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** The PKCS#12 file by which a client can trust the venue. */
  Path truststore() {
    return folder.resolve("trust.p12");
  }

  static String password() {
    return PASSWORD;
  }

  SslContextFactory.Server factory() {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setKeyStore(key);
    factory.setKeyStorePassword(PASSWORD);
    return factory;
  }

  @Override
  public void close() {
    delete(folder);
  }

  private static void keytool(Path folder, String host, Path file) throws IOException {
    boolean address = host.contains(":") || host.matches("[0-9.]+");
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Path output = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    tool.toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-validity",
                    "30",
                    "-dname",
                    "CN=" + host,
                    "-ext",
                    "SAN=" + (address ? "ip:" : "dns:") + host,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(tool + " took more than " + KEYTOOL_SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException(tool + " failed: " + Files.readString(output).strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while " + tool + " ran", e);
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }

  private static void delete(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve("trust.p12"));
      Files.deleteIfExists(folder.resolve("key.p12"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.debug("{} could not be deleted", folder, e);
    }
  }
}
