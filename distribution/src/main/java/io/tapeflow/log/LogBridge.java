package io.tapeflow.log;

import java.util.Collections;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;

/** Listens to every log reader there is. */
public final class LogBridge implements BundleActivator {
  private final LogListener listener = this::forward;
  private boolean stopped;
  private ServiceTracker<LogReaderService, LogReaderService> readers;

  @Override
  public void start(BundleContext context) {
    readers =
        new ServiceTracker<>(context, LogReaderService.class, null) {
          @Override
          public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
            LogReaderService reader = super.addingService(reference);
            reader.addLogListener(listener);
            // What was said before; the newest comes first.
            var before = Collections.list(reader.getLog());
            Collections.reverse(before);
            before.forEach(listener::logged);
            return reader;
          }

          @Override
          public void removedService(
              ServiceReference<LogReaderService> reference, LogReaderService reader) {
            reader.removeLogListener(listener);
            super.removedService(reference, reader);
          }
        };
    readers.open();
  }

  @Override
  public void stop(BundleContext context) {
    synchronized (this) {
      stopped = true;
    }
    readers.close();
  }

  /**
   * Not behind a stop, when classes cannot be loaded: the reader goes on with what it has begun.
   */
  private synchronized void forward(LogEntry entry) {
    if (!stopped) {
      LogForwarder.forward(entry);
    }
  }
}
