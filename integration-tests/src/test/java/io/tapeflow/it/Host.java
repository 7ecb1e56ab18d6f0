package io.tapeflow.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The framework, as a host of Tapeflow uses it: services, configurations, bundles. */
final class Host implements AutoCloseable {
  /** Far more than anything here takes. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(20);

  private final BundleContext context;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  Host(BundleContext context) {
    this.context = context;
    Awaitility.setDefaultPollInterval(POLL);
    Awaitility.setDefaultPollDelay(Duration.ZERO);
  }

  BundleContext context() {
    return context;
  }

  /** The answer of the one service of a type, which is let go of afterwards. */
  <S, R> R ask(Class<S> type, Function<S, R> question) {
    return ask(type, null, question);
  }

  /** The answer of the one service that a filter selects. */
  <S, R> R ask(Class<S> type, String filter, Function<S, R> question) {
    await(type.getSimpleName() + ' ' + filter)
        .atMost(PATIENCE)
        .until(() -> references(type, filter).size() == 1);
    List<R> answers = askAll(type, filter, question);
    if (answers.size() != 1) {
      throw new AssertionError("One " + type + ' ' + filter + " expected, not " + answers.size());
    }
    return answers.get(0);
  }

  /** The answers of all services of a type. */
  <S, R> List<R> askAll(Class<S> type, String filter, Function<S, R> question) {
    List<R> answers = new ArrayList<>();
    for (ServiceReference<S> reference : references(type, filter)) {
      S service = context.getService(reference);
      if (service != null) {
        try {
          answers.add(question.apply(service));
        } finally {
          context.ungetService(reference);
        }
      }
    }
    return answers;
  }

  /** Has the one service that a filter selects do something. */
  <S> void tell(Class<S> type, String filter, Consumer<S> order) {
    ask(
        type,
        filter,
        service -> {
          order.accept(service);
          return true;
        });
  }

  boolean has(Class<?> type, String filter) {
    return !references(type, filter).isEmpty();
  }

  private <S> List<ServiceReference<S>> references(Class<S> type, String filter) {
    try {
      return List.copyOf(context.getServiceReferences(type, filter));
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(filter, e);
    }
  }

  /** Makes or changes one configuration of a factory; an older one of the name is replaced. */
  String configure(String factory, String name, Map<String, ?> values) {
    return ask(
        ConfigurationAdmin.class,
        admin -> {
          try {
            Configuration configuration = admin.getFactoryConfiguration(factory, name, "?");
            configuration.update(FrameworkUtil.asDictionary(Map.copyOf(values)));
            return configuration.getPid();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Makes the one configuration of a component, until this host closes. */
  void configureOnly(String pid, Map<String, ?> values) {
    tell(
        ConfigurationAdmin.class,
        null,
        admin -> {
          try {
            admin.getConfiguration(pid, "?").update(FrameworkUtil.asDictionary(Map.copyOf(values)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    owns(() -> delete(pid));
  }

  /** Deletes a configuration, if it is still there. */
  void delete(String pid) {
    tell(
        ConfigurationAdmin.class,
        null,
        admin -> {
          try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ')');
            if (found != null) {
              found[0].delete();
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(pid, e);
          }
        });
  }

  Bundle bundle(String symbolicName) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(symbolicName + " is not installed"));
  }

  /** Closes it with this host, the last one first. */
  <T extends AutoCloseable> T owns(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        throw new AssertionError("Could not clean up after a test", e);
      }
    }
  }
}
