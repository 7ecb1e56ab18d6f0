package io.tapeflow.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The Web Console's password: made once for a home, in a file that only its owner can read. */
final class ConsolePassword {
  /** The name that goes with it. */
  static final String USER = "admin";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int BYTES = 18;

  private final Path file;
  private final String password;

  private ConsolePassword(Path file, String password) {
    this.file = file;
    this.password = password;
  }

  /** The password of a home; one is made if there is none. */
  static ConsolePassword of(Home home) throws CommandFailure {
    Path file = home.conf().resolve("console.password");
    try {
      if (Files.notExists(file)) {
        make(file);
      }
      // Also what somebody has written by hand is to be theirs alone.
      Files.setPosixFilePermissions(file, OWNER_ONLY);
      String password = Files.readString(file).strip();
      if (password.isEmpty()) {
        throw new CommandFailure(file + " is empty: delete it to have a new password made");
      }
      return new ConsolePassword(file, password);
    } catch (IOException e) {
      throw new CommandFailure("cannot keep the console's password in " + file, e);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    // Whole, or not at all, and at no moment readable by others.
    Path draft =
        Files.createTempFile(
            file.getParent(), "console", ".tmp", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      Files.writeString(draft, password + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Where it is written. */
  Path file() {
    return file;
  }

  /** The form in which the Web Console compares it. */
  String hashed() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
      return "{sha-256}" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
