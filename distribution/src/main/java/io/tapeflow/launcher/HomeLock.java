package io.tapeflow.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second instance out of a home; the system takes it back if the process dies. */
final class HomeLock {
  private final FileChannel file;

  private HomeLock(FileChannel file) {
    this.file = file;
  }

  static HomeLock take(Home home) throws CommandFailure {
    Path path = home.folder().resolve("lock");
    try {
      FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(file)) {
        return new HomeLock(file);
      }
      file.close();
    } catch (IOException e) {
      throw new CommandFailure("cannot lock " + path, e);
    }
    throw new CommandFailure(
        "another instance runs in "
            + home.folder()
            + ": stop it, or choose another home with --home");
  }

  private static boolean locked(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Lets the next instance in. Its file stays, because another may be opening it. */
  void release() throws CommandFailure {
    try {
      file.close();
    } catch (IOException e) {
      throw new CommandFailure("cannot release the lock of the home", e);
    }
  }
}
