package io.tapeflow.plan.condition;

import io.tapeflow.api.plan.ConditionFactory;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Offers the standard conditions to plans, each as a service, like those of any other bundle. */
@Component(
    service = {},
    immediate = true)
public final class ConditionsComponent {
  private static final String NAME = "tapeflow.condition";

  private final List<ServiceRegistration<ConditionFactory>> registrations;

  @Activate
  public ConditionsComponent(BundleContext context) {
    registrations =
        StandardConditions.all().stream()
            .map(
                factory ->
                    context.registerService(
                        ConditionFactory.class,
                        factory,
                        FrameworkUtil.asDictionary(Map.of(NAME, factory.info().name()))))
            .toList();
  }

  @Deactivate
  void deactivate() {
    registrations.forEach(ServiceRegistration::unregister);
  }
}
