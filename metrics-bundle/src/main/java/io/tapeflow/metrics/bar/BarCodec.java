package io.tapeflow.metrics.bar;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Closed bars in a saved state. */
final class BarCodec {
  private BarCodec() {}

  static void write(Bar bar, DataOutput out) throws IOException {
    out.writeLong(bar.number());
    out.writeInt(bar.version());
    out.writeBoolean(bar.partial());
    out.writeLong(bar.openTime());
    out.writeLong(bar.closeTime());
    out.writeLong(bar.firstId());
    out.writeLong(bar.lastId());
    out.writeLong(bar.open());
    out.writeLong(bar.high());
    out.writeLong(bar.low());
    out.writeLong(bar.close());
    write(bar.buyVolume(), out);
    write(bar.sellVolume(), out);
    write(bar.maxDelta(), out);
    write(bar.minDelta(), out);
    write(bar.value(), out);
    out.writeLong(bar.buyTrades());
    out.writeLong(bar.sellTrades());
    out.writeLong(bar.fills());
    out.writeLong(bar.missing());
  }

  static Bar read(DataInput in, int quantityScale, int valueScale) throws IOException {
    return new Bar(
        in.readLong(),
        in.readInt(),
        in.readBoolean(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        decimal(in, quantityScale),
        decimal(in, quantityScale),
        decimal(in, quantityScale),
        decimal(in, quantityScale),
        decimal(in, valueScale),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }

  private static void write(BigDecimal number, DataOutput out) throws IOException {
    byte[] bytes = number.unscaledValue().toByteArray();
    out.writeByte(bytes.length);
    out.write(bytes);
  }

  private static BigDecimal decimal(DataInput in, int scale) throws IOException {
    byte[] bytes = new byte[in.readUnsignedByte()];
    in.readFully(bytes);
    return new BigDecimal(new BigInteger(bytes), scale);
  }
}
