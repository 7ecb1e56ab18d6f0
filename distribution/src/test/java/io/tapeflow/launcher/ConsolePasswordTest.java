package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsolePasswordTest {
  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void home() throws Exception {
    home = Home.at(folder);
    Files.createDirectories(home.conf());
  }

  @Test
  void isMadeOnceForItsOwnerAlone() throws Exception {
    ConsolePassword made = ConsolePassword.of(home);

    assertThat(Files.readString(made.file()).strip()).hasSizeGreaterThanOrEqualTo(20);
    assertOwnerOnly(made.file());
    assertThat(ConsolePassword.of(home).hashed()).isEqualTo(made.hashed());
    assertThat(home.conf()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void isAnotherOneInEveryHome() throws Exception {
    Home other = Home.at(folder.resolve("other"));
    Files.createDirectories(other.conf());

    assertThat(ConsolePassword.of(other).hashed()).isNotEqualTo(ConsolePassword.of(home).hashed());
  }

  @Test
  void isGivenToTheConsoleAsADigest() throws Exception {
    Files.writeString(home.conf().resolve("console.password"), "secret\n");

    // printf secret | openssl dgst -sha256 -binary | base64
    assertThat(ConsolePassword.of(home).hashed())
        .isEqualTo("{sha-256}K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=");
  }

  @Test
  void oneThatOthersCouldReadIsClosedToThem() throws Exception {
    Path file = Files.writeString(home.conf().resolve("console.password"), "secret\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    ConsolePassword.of(home);

    assertOwnerOnly(file);
  }

  @Test
  void anEmptyOneIsRefused() throws Exception {
    Path file = Files.writeString(home.conf().resolve("console.password"), "\n");

    assertThatThrownBy(() -> ConsolePassword.of(home))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(file.toString());
  }

  private static void assertOwnerOnly(Path file) throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
