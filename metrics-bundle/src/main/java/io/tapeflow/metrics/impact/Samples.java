package io.tapeflow.metrics.impact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The latest samples of several numbers each, as columns. */
public final class Samples {
  private final double[][] columns;
  private final int most;
  private long count;

  /** None yet. */
  public Samples(int columns, int most) {
    this.columns = new double[columns][most];
    this.most = most;
  }

  /** Adds a sample of as many numbers as there are columns. */
  public void add(double... sample) {
    int at = (int) (count % most);
    for (int i = 0; i < columns.length; i++) {
      columns[i][at] = sample[i];
    }
    count++;
  }

  /** How many there are. */
  public int size() {
    return (int) Math.min(count, most);
  }

  /** One column, oldest first; a copy. */
  public double[] column(int column) {
    double[] numbers = new double[size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = columns[column][(int) ((count - numbers.length + i) % most)];
    }
    return numbers;
  }

  /** Writes the samples. */
  public void save(DataOutput out) throws IOException {
    out.writeLong(count);
    for (double[] column : columns) {
      for (int i = 0; i < size(); i++) {
        out.writeDouble(column[i]);
      }
    }
  }

  /** Takes over what {@link #save} wrote. */
  public void restore(DataInput in) throws IOException {
    count = in.readLong();
    for (double[] column : columns) {
      for (int i = 0; i < size(); i++) {
        column[i] = in.readDouble();
      }
    }
  }
}
