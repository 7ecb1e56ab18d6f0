package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tapes in files, from one stop to the next start. A file that cannot be trusted is not used. */
final class TapeStore {
  private static final Logger LOG = LoggerFactory.getLogger(TapeStore.class);
  private static final String FORMAT = "tapeflow tape 1";
  private static final int BUFFER = 1 << 16;

  private final Path directory;

  TapeStore(Path directory) {
    this.directory = directory;
  }

  /** Writes what a tape holds, in place of an older file. A failure is told, and costs no more. */
  void save(Tape tape) {
    KeptTape kept = KeptTape.of(tape.view());
    if (kept == null) {
      return;
    }
    Path file = fileOf(tape.instrument());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(directory);
      CheckedOutputStream sum =
          new CheckedOutputStream(
              new BufferedOutputStream(Files.newOutputStream(fresh), BUFFER), new CRC32());
      try (DataOutputStream out = new DataOutputStream(sum)) {
        write(out, tape.instrument(), kept);
        out.writeLong(sum.getChecksum().getValue());
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("{}: history could not be kept in {}: {}", tape.instrument().key(), file, words(e));
    }
  }

  /** What was kept of an instrument; null if there is nothing that can be trusted. */
  KeptTape load(Instrument instrument) {
    Path file = fileOf(instrument);
    if (!Files.exists(file)) {
      return null;
    }
    try (CheckedInputStream sum =
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), BUFFER), new CRC32());
        DataInputStream in = new DataInputStream(sum)) {
      KeptTape kept = read(in, instrument, Files.size(file));
      long expected = sum.getChecksum().getValue();
      if (in.readLong() != expected) {
        throw new IOException("its checksum is wrong");
      }
      return kept;
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{}: {} is not used, history begins anew: {}", instrument.key(), file, words(e));
      return null;
    }
  }

  private static void write(DataOutputStream out, Instrument instrument, KeptTape kept)
      throws IOException {
    out.writeUTF(FORMAT);
    out.writeUTF(describe(instrument));
    out.writeInt(kept.holes().size());
    for (int i = 0; i < kept.holes().size(); i++) {
      out.writeLong(kept.holes().first(i));
      out.writeLong(kept.holes().last(i));
    }
    out.writeInt(kept.count());
    ByteBuffer row = ByteBuffer.allocate(TapeRow.BYTES);
    for (int i = 0; i < kept.count(); i++) {
      row.asLongBuffer().put(kept.rows(), i * TapeRow.LONGS, TapeRow.LONGS);
      out.write(row.array());
    }
  }

  private static KeptTape read(DataInputStream in, Instrument instrument, long size)
      throws IOException {
    require(in.readUTF(), FORMAT);
    require(in.readUTF(), describe(instrument));
    IdRanges holes = new IdRanges();
    for (int left = in.readInt(); left > 0; left--) {
      holes.add(in.readLong(), in.readLong());
    }
    int count = in.readInt();
    // Before memory is taken for them.
    if (count < 1 || count > size / TapeRow.BYTES) {
      throw new IOException("it says that it holds " + count + " trades in " + size + " bytes");
    }
    long[] rows = new long[count * TapeRow.LONGS];
    ByteBuffer row = ByteBuffer.allocate(TapeRow.BYTES);
    for (int i = 0; i < count; i++) {
      in.readFully(row.array());
      row.asLongBuffer().get(rows, i * TapeRow.LONGS, TapeRow.LONGS);
    }
    return new KeptTape(rows, count, holes);
  }

  private static void require(String found, String expected) throws IOException {
    if (!found.equals(expected)) {
      throw new IOException("it is of '" + found + "', not of '" + expected + "'");
    }
  }

  private static String describe(Instrument instrument) {
    return "%s, prices at %d decimals, quantities at %d"
        .formatted(instrument.key(), instrument.priceScale(), instrument.quantityScale());
  }

  private Path fileOf(Instrument instrument) {
    String name = URLEncoder.encode(instrument.key(), StandardCharsets.UTF_8);
    return directory.resolve(name + ".tape");
  }

  private static String words(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
