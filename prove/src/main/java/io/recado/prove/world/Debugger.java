package io.recado.prove.world;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Field;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Location;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector.Argument;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Stops a server at its fault points: from outside, as a debugger, so that nothing of ours is in
/// it.
///
/// The server connects to the debugger when it starts, and waits for it. For one thread and one
/// server at a time.
public final class Debugger implements AutoCloseable {

  private static final String POINTS = "io.recado.fault.FaultPoint";
  private static final String CALLS = "io.recado.fault.Faults";
  private static final String CALL = "point";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ListeningConnector connector;
  private final Map<String, Argument> arguments;
  private final String address;

  /// Listens for a server.
  public Debugger() {
    connector =
        Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(each -> each.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow(() -> new CannotRun("This JDK has no debugger (module jdk.jdi)."));
    arguments = connector.defaultArguments();
    arguments.get("localAddress").setValue("127.0.0.1");
    arguments.get("timeout").setValue(Long.toString(PATIENCE.toMillis()));
    try {
      String listening = connector.startListening(arguments);
      address = "127.0.0.1:" + listening.substring(listening.lastIndexOf(':') + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The option that has a server's Java connect to this debugger.
  String option() {
    return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,quiet=y,address=" + address;
  }

  /// The names of all fault points, from a server that was just begun. It goes no further.
  ///
  /// @throws CannotRun when it does not connect, or has none
  List<String> points() {
    VirtualMachine server = accept();
    ReferenceType type = prepared(server, POINTS);
    return type.fields().stream().filter(Field::isEnumConstant).map(Field::name).toList();
  }

  /// Lets a server that was just begun run until it has come to a point so many times, and leaves
  /// the thread that has standing there.
  ///
  /// @return false when it ended before, or did not come there in time
  boolean runTo(String point, int times, Duration patience) {
    VirtualMachine server = accept();
    try {
      Location call = prepared(server, CALLS).methodsByName(CALL).getFirst().location();
      BreakpointRequest request = server.eventRequestManager().createBreakpointRequest(call);
      request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD); // the others go on
      request.enable();
      server.resume();
      Map<ObjectReference, String> names = new HashMap<>();
      long end = System.nanoTime() + patience.toNanos();
      int seen = 0;
      while (seen < times) {
        EventSet events = next(server, end);
        if (events == null) {
          return false;
        }
        for (Event event : events) {
          if (event instanceof BreakpointEvent reached) {
            ObjectReference reachedPoint = argument(reached);
            String name = names.computeIfAbsent(reachedPoint, Debugger::name);
            seen += name.equals(point) ? 1 : 0;
          }
        }
        if (seen < times) {
          events.resume();
        }
      }
      return true;
    } catch (VMDisconnectedException _) {
      return false;
    }
  }

  private VirtualMachine accept() {
    try {
      return connector.accept(arguments);
    } catch (IOException e) {
      throw new CannotRun("The server did not connect to the debugger: " + e.getMessage());
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A class as soon as the server has it; the server stands still then.
  private static ReferenceType prepared(VirtualMachine server, String name) {
    ClassPrepareRequest request = server.eventRequestManager().createClassPrepareRequest();
    request.addClassFilter(name);
    request.enable();
    server.resume();
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (EventSet events = next(server, end); events != null; events = next(server, end)) {
      for (Event event : events) {
        if (event instanceof ClassPrepareEvent prepared) {
          return prepared.referenceType();
        }
      }
      events.resume();
    }
    throw new CannotRun("The server has no " + name + ".");
  }

  /// Null when there is none until then.
  private static EventSet next(VirtualMachine server, long end) {
    try {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      return left <= 0 ? null : server.eventQueue().remove(left);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static ObjectReference argument(BreakpointEvent reached) {
    try {
      return (ObjectReference) reached.thread().frame(0).getArgumentValues().getFirst();
    } catch (IncompatibleThreadStateException e) {
      throw new IllegalStateException("A thread at a breakpoint runs", e);
    }
  }

  private static String name(ObjectReference point) {
    Field name = point.referenceType().fieldByName("name");
    return ((StringReference) point.getValue(name)).value();
  }

  @Override
  public void close() {
    try {
      connector.stopListening(arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }
}
