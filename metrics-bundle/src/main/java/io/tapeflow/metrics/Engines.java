package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.tasks.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines of all instruments, each with all families. */
final class Engines {
  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

  private final Families families;
  private final NameClashes clashes;
  private final Spectators spectators;
  private final SavedRuns saved;
  private final Background background;
  private final Clock clock;
  private final LongSupplier keepMicros;
  private final Function<Instrument, Optional<TradeHistory>> histories;
  private final Map<Instrument, InstrumentEngine> engines = new ConcurrentHashMap<>();

  Engines(
      Families families,
      NameClashes clashes,
      Spectators spectators,
      SavedRuns saved,
      Background background,
      Clock clock,
      LongSupplier keepMicros,
      Function<Instrument, Optional<TradeHistory>> histories) {
    this.families = families;
    this.clashes = clashes;
    this.spectators = spectators;
    this.saved = saved;
    this.background = background;
    this.clock = clock;
    this.keepMicros = keepMicros;
    this.histories = histories;
  }

  /** The engine of an instrument; a new one if there has been none. */
  InstrumentEngine of(Instrument instrument) {
    InstrumentEngine engine = engines.get(instrument);
    if (engine != null) {
      return engine;
    }
    InstrumentEngine made =
        engines.computeIfAbsent(instrument, key -> made(key, saved.take(instrument)));
    sync(made);
    return made;
  }

  /** The engine that trades belong to. If they do not go on from those before, it is a new one. */
  InstrumentEngine continuedBy(TradeBatch trades) {
    Instrument instrument = trades.instrument();
    InstrumentEngine engine = of(instrument);
    boolean replaces = !engine.hasTrades() && dropOtherScales(instrument);
    if (!engine.isContinuedBy(trades)) {
      replaces = true;
      engine = made(instrument, null);
      engines.put(instrument, engine);
      sync(engine);
    }
    if (replaces) {
      LOG.warn("{} begins anew: its ids or scales do not continue the old ones", instrument.key());
    }
    return engine;
  }

  /** Puts late trades in, and has built anew what cannot go back to before their gap. */
  void amend(TradeAmendment amendment) {
    InstrumentEngine engine = of(amendment.instrument());
    engine.onAmendment(amendment);
    buildAll(engine, engine.families().pending());
  }

  /** The instruments of which there have been trades. */
  List<Instrument> traded() {
    return traded("*");
  }

  /** Those of them that are called so. */
  List<Instrument> traded(String name) {
    List<Instrument> traded = new ArrayList<>();
    for (InstrumentEngine engine : engines.values()) {
      if (engine.instrument().isCalled(name) && engine.hasTrades()) {
        traded.add(engine.instrument());
      }
    }
    return traded;
  }

  void familiesChanged() {
    engines.values().forEach(this::sync);
  }

  /** Longer windows have been asked for. */
  void windowsGrew() {
    engines.values().forEach(engine -> background.add(engine::reachBack));
  }

  /** The clock has been set: nobody is to be served what others have just read. */
  void clockWasSet() {
    engines.values().forEach(engine -> engine.captures().forget());
  }

  /** Ends the work, and keeps where it stands. */
  void close() {
    List<SavedRun> runs = new ArrayList<>();
    for (InstrumentEngine engine : engines.values()) {
      SavedRun run = engine.close();
      if (run != null) {
        runs.add(run);
      }
    }
    saved.keep(runs);
  }

  private InstrumentEngine made(Instrument instrument, SavedRun before) {
    return new InstrumentEngine(instrument, before, clock, keepMicros, histories, spectators);
  }

  private void sync(InstrumentEngine engine) {
    buildAll(engine, engine.families().sync(families.current()));
    clashes.tell(engine.captures().announced());
  }

  private void buildAll(InstrumentEngine engine, List<FamilySlot> slots) {
    for (FamilySlot slot : slots) {
      background.add(
          () -> {
            engine.families().build(slot);
            clashes.tell(engine.captures().announced());
          });
    }
  }

  private boolean dropOtherScales(Instrument instrument) {
    return engines
        .entrySet()
        .removeIf(
            other ->
                other.getKey().key().equals(instrument.key())
                    && !other.getKey().equals(instrument)
                    && other.getValue().hasTrades());
  }
}
