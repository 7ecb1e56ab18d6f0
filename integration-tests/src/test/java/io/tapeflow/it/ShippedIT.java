package io.tapeflow.it;

import java.io.IOException;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** Tests that run inside a framework with every jar that is shipped, and no configuration yet. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class ShippedIT {
  @Inject private BundleContext context;

  private Host host;

  @Configuration
  public Option[] framework() throws IOException {
    return new Option[] {ShippedHome.options()};
  }

  @Before
  public void enter() {
    host = new Host(context);
  }

  /** Nothing of a test stays for the next one. */
  @After
  public void leave() {
    host.close();
  }

  final Host host() {
    return host;
  }
}
