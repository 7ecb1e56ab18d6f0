package io.tapeflow.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.plan.ConditionInfo;
import io.tapeflow.plan.condition.StandardConditions;
import io.tapeflow.plan.text.Expression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/plans.md teaches is so. */
class PlansPageTest {
  private static final Path PAGE = Path.of("..", "docs", "plans.md");
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void itsExamplesAreRight() throws IOException {
    List<String> examples =
        EXAMPLE.matcher(Files.readString(PAGE)).results().map(it -> it.group(1)).toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
    examples.forEach(
        example -> assertThat(new PlanCheck().apply("example", example)).as(example).isEmpty());
  }

  @Test
  void itNamesEachConditionAndItsParameters() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    StandardConditions.all()
        .forEach(
            factory -> {
              ConditionInfo info = factory.info();
              String name = '`' + info.name() + '`';
              String line =
                  lines.stream().filter(it -> it.contains(name)).findFirst().orElse("missing");
              assertThat(line).contains(name);
              boolean sameAsAbove = "avoid_absorption_zones".equals(info.name());
              if (info.unavailable().isEmpty() && !sameAsAbove) {
                info.parameters().forEach(it -> assertThat(line).contains('`' + it.name() + '`'));
              }
            });
  }

  @Test
  void itsExpressionsCanBeRead() throws IOException {
    String page = Files.readString(PAGE);
    String table =
        page.substring(page.indexOf("| written | means |"), page.indexOf("Arguments are written"));
    List<String> written =
        table
            .lines()
            .skip(2)
            .filter(line -> line.startsWith("|"))
            .map(line -> line.substring(0, line.indexOf('|', 1)))
            .flatMap(cell -> CODE.matcher(cell).results())
            .map(it -> it.group(1))
            .filter(it -> it.length() > 2 && !"( )".equals(it))
            .toList();
    assertThat(written).hasSizeGreaterThan(12);
    written.forEach(it -> assertThat(Expression.read(it, "conditions").faults()).as(it).isEmpty());
  }
}
