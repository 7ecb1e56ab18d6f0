package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each listener had come when this bundle was stopped, for those that are still there when
 * it starts again. A listener is the same if its registration and its object are: a new object may
 * know nothing of what an older one was told.
 */
final class ListenerPlaces {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerPlaces.class);
  private static final String HEADER = "tapeflow listeners 1";
  private static final int FIELDS = 8;

  private final Path file;
  private final String framework;

  /** As they were when this bundle was stopped. */
  private final Map<String, Map<Instrument, Place>> places = new HashMap<>();

  /** As they are now. */
  private final Map<String, Map<Instrument, Place>> reached = new HashMap<>();

  /**
   * Places in a file.
   *
   * @param file null to keep none
   * @param framework tells a run of the framework from all others
   */
  ListenerPlaces(Path file, String framework) {
    this.file = file;
    this.framework = framework;
  }

  /** Reads the file, which holds for one start only. */
  void load() {
    if (file == null || !Files.exists(file)) {
      return;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      Files.delete(file);
      if (!lines.isEmpty() && lines.get(0).equals(HEADER + ' ' + framework)) {
        lines.subList(1, lines.size()).forEach(this::read);
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      places.clear();
      LOG.warn("{} cannot be read; listeners begin as if they were new", file, e);
    }
  }

  /** What is known of a listener, once. */
  Map<Instrument, Place> take(TradeListener listener, Map<String, Object> properties) {
    Map<Instrument, Place> own = places.remove(key(listener, properties));
    return own == null ? Map.of() : own;
  }

  /** Keeps how far a listener has come. */
  void put(TradeListener listener, Map<String, Object> properties, Map<Instrument, Place> own) {
    reached.put(key(listener, properties), own);
  }

  /** Writes the file. */
  void save() {
    if (file == null) {
      return;
    }
    List<String> lines = new ArrayList<>(List.of(HEADER + ' ' + framework));
    reached.forEach(
        (key, own) -> own.forEach((instrument, place) -> lines.add(line(key, instrument, place))));
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, lines);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("{} cannot be written; listeners will begin as if they were new", file, e);
    }
  }

  private static String key(TradeListener listener, Map<String, Object> properties) {
    return properties.get(Constants.SERVICE_ID) + "." + System.identityHashCode(listener);
  }

  private static String line(String key, Instrument instrument, Place place) {
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < place.told().size(); i++) {
      told.append(i == 0 ? "" : ",").append(place.told().first(i));
      told.append('-').append(place.told().last(i));
    }
    return String.join(
        "\t",
        key,
        instrument.venue(),
        instrument.symbol(),
        Integer.toString(instrument.priceScale()),
        Integer.toString(instrument.quantityScale()),
        Long.toString(instrument.priceTick()),
        Long.toString(place.lastId()),
        told);
  }

  private void read(String line) {
    String[] field = line.split("\t", FIELDS);
    Instrument instrument =
        new Instrument(
            field[1],
            field[2],
            Integer.parseInt(field[3]),
            Integer.parseInt(field[4]),
            Long.parseLong(field[5]));
    IdRanges told = new IdRanges();
    if (!field[7].isEmpty()) {
      for (String range : field[7].split(",", -1)) {
        int dash = range.indexOf('-');
        told.add(
            Long.parseLong(range.substring(0, dash)), Long.parseLong(range.substring(dash + 1)));
      }
    }
    places
        .computeIfAbsent(field[0], any -> new HashMap<>())
        .put(instrument, new Place(Long.parseLong(field[6]), told));
  }
}
