package io.tapeflow.metrics;

import io.tapeflow.api.metrics.IdRange;
import io.tapeflow.api.trade.Instrument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Keeps the state of all instruments in a file: whole or not at all, with a checksum. */
final class StateFile {
  private static final int MAGIC = 0x54504d53;
  private static final int VERSION = 2;

  private final Path path;

  StateFile(Path path) {
    this.path = path;
  }

  /** Writes what is to be kept, in place of what the file held. */
  void write(List<SavedRun> runs) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(body)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(runs.size());
      for (SavedRun run : runs) {
        write(out, run);
      }
      out.writeLong(checksum(body.toByteArray(), body.size()));
    }
    Files.createDirectories(path.toAbsolutePath().getParent());
    Path unfinished = path.resolveSibling(path.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(body.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads what was kept last; empty if there is no file.
   *
   * @throws IOException if the file is damaged or of another version
   */
  List<SavedRun> read() throws IOException {
    if (!Files.exists(path)) {
      return List.of();
    }
    byte[] bytes = Files.readAllBytes(path);
    int length = bytes.length - Long.BYTES;
    if (length < 3 * Integer.BYTES
        || ByteBuffer.wrap(bytes).getLong(length) != checksum(bytes, length)) {
      throw new IOException(path + " is damaged: its checksum is wrong");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC || in.readInt() != VERSION) {
        throw new IOException(path + " is of another version, expected is " + VERSION);
      }
      int count = in.readInt();
      List<SavedRun> runs = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        runs.add(readRun(in));
      }
      return runs;
    } catch (IllegalArgumentException e) {
      throw new IOException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void write(DataOutputStream out, SavedRun run) throws IOException {
    Instrument instrument = run.instrument();
    out.writeUTF(instrument.venue());
    out.writeUTF(instrument.symbol());
    out.writeInt(instrument.priceScale());
    out.writeInt(instrument.quantityScale());
    out.writeLong(instrument.priceTick());
    for (long slot : run.tape()) {
      out.writeLong(slot);
    }
    write(out, run.continuity().gaps());
    write(out, run.continuity().repaired());
    out.writeInt(run.states().size());
    for (Map.Entry<String, FamilyState> entry : run.states().entrySet()) {
      FamilyState state = entry.getValue();
      out.writeUTF(entry.getKey());
      out.writeLong(state.fingerprint());
      out.writeLong(state.coveredId());
      write(out, state.holes());
      out.writeInt(state.bytes().length);
      out.write(state.bytes());
    }
  }

  private static SavedRun readRun(DataInputStream in) throws IOException {
    Instrument instrument =
        new Instrument(in.readUTF(), in.readUTF(), in.readInt(), in.readInt(), in.readLong());
    long[] tape = new long[Slots.LENGTH];
    for (int i = 0; i < tape.length; i++) {
      tape[i] = in.readLong();
    }
    Continuity continuity = new Continuity(readRanges(in), readRanges(in));
    int count = in.readInt();
    Map<String, FamilyState> states = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String family = in.readUTF();
      long fingerprint = in.readLong();
      long coveredId = in.readLong();
      IdRanges holes = readRanges(in);
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      states.put(family, new FamilyState(fingerprint, coveredId, holes, bytes));
    }
    return new SavedRun(instrument, tape, continuity, states);
  }

  private static void write(DataOutputStream out, IdRanges ranges) throws IOException {
    out.writeInt(ranges.list().size());
    for (IdRange range : ranges.list()) {
      out.writeLong(range.firstId());
      out.writeLong(range.lastId());
    }
  }

  private static IdRanges readRanges(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<IdRange> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ranges.add(new IdRange(in.readLong(), in.readLong()));
    }
    return IdRanges.of(ranges);
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }
}
