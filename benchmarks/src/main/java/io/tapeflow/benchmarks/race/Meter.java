package io.tapeflow.benchmarks.race;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.RuntimeMXBean;
import java.util.Arrays;
import java.util.List;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads what a contestant's process has used, of every contestant in the same way. */
final class Meter implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection beans;
  private final OperatingSystemMXBean system;
  private final ThreadMXBean threads;
  private final MemoryMXBean memory;
  private final CompilationMXBean compilation;
  private final List<GarbageCollectorMXBean> collectors;
  private final TallyMXBean tally;
  private final ProbeMXBean probe;

  private Meter(JMXConnector connector, MBeanServerConnection beans)
      throws IOException, MalformedObjectNameException {
    this.connector = connector;
    this.beans = beans;
    system =
        ManagementFactory.newPlatformMXBeanProxy(
            beans, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, OperatingSystemMXBean.class);
    threads =
        ManagementFactory.newPlatformMXBeanProxy(
            beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    memory =
        ManagementFactory.newPlatformMXBeanProxy(
            beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    compilation =
        ManagementFactory.newPlatformMXBeanProxy(
            beans, ManagementFactory.COMPILATION_MXBEAN_NAME, CompilationMXBean.class);
    collectors = ManagementFactory.getPlatformMXBeans(beans, GarbageCollectorMXBean.class);
    tally = JMX.newMXBeanProxy(beans, new ObjectName(TallyMXBean.NAME), TallyMXBean.class);
    probe = JMX.newMXBeanProxy(beans, new ObjectName(ProbeMXBean.NAME), ProbeMXBean.class);
  }

  /**
   * What has been used since the process began.
   *
   * @param allocatedBytes by the threads that live
   */
  record Reading(long atNanos, long cpuNanos, long allocatedBytes, long collections) {}

  /** Of a process of ours. */
  @SuppressWarnings("BanJNDI") // the address comes from a process that we have started
  static Meter of(Process process) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
      String address = machine.startLocalManagementAgent();
      machine.detach();
      JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
      return new Meter(connector, connector.getMBeanServerConnection());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (AttachNotSupportedException | MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  Reading read() {
    long[] allocated = threads.getThreadAllocatedBytes(threads.getAllThreadIds());
    return new Reading(
        System.nanoTime(),
        system.getProcessCpuTime(),
        Arrays.stream(allocated).filter(bytes -> bytes > 0).sum(),
        collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum());
  }

  /** Time that has been spent on compiling. */
  long compilationMillis() {
    return compilation.getTotalCompilationTime();
  }

  /** What the heap holds when nothing is left of what has been let go. */
  long heapBytes() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** What it says of its trades; fails if it says nothing. */
  TallyMXBean tally() {
    return tally;
  }

  /** When its Java began. */
  long startMillis() {
    try {
      return ManagementFactory.newPlatformMXBeanProxy(
              beans, ManagementFactory.RUNTIME_MXBEAN_NAME, RuntimeMXBean.class)
          .getStartTime();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is a probe in it by now. */
  boolean hasProbe() {
    try {
      return beans.isRegistered(new ObjectName(ProbeMXBean.NAME));
    } catch (IOException | MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The probe in a distribution that has one. */
  ProbeMXBean probe() {
    return probe;
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // The process has gone.
    }
  }
}
