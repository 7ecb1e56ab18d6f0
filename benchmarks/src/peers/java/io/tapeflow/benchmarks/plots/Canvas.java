package io.tapeflow.benchmarks.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How all pictures look, and where they go. */
final class Canvas {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 400;
  private static final Color INK = new Color(0x33, 0x33, 0x33);
  private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x1f, 0x77, 0xb4),
          new Color(0xff, 0x7f, 0x0e),
          new Color(0x2c, 0xa0, 0x2c),
          new Color(0xd6, 0x27, 0x28),
          new Color(0x94, 0x67, 0xbd),
          new Color(0x8c, 0x56, 0x4b));

  private final Path folder;

  Canvas(Path folder) {
    this.folder = folder;
  }

  /**
   * A line with a mark at each point.
   *
   * @param dotted whether it is there for comparison only
   */
  record Line(String name, List<Double> x, List<Double> y, boolean dotted) {
    Line(String name, List<Double> x, List<Double> y) {
      this(name, x, y, false);
    }
  }

  /** Where the values of an axis have a factor of ten between them, and what they are. */
  record Axis(String title, boolean logarithmic) {
    static Axis linear(String title) {
      return new Axis(title, false);
    }

    static Axis log(String title) {
      return new Axis(title, true);
    }
  }

  /**
   * Lines over numbers; dots only where there are few points.
   *
   * @param marks where something happens, and what
   */
  void lines(String file, String title, Axis x, Axis y, List<Line> lines, Map<Double, String> marks)
      throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(x.title)
            .yAxisTitle(y.title)
            .build();
    style(chart.getStyler(), y);
    chart.getStyler().setXAxisLogarithmic(x.logarithmic);
    chart.getStyler().setPlotGridVerticalLinesVisible(x.logarithmic);
    for (Line line : lines) {
      var series = chart.addSeries(line.name, line.x, line.y);
      boolean few = line.x.size() <= 20 && !line.dotted;
      series.setMarker(few ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      series.setLineStyle(line.dotted ? SeriesLines.DOT_DOT : SeriesLines.SOLID);
      series.setLineWidth(few ? 2f : 1.2f);
    }
    bound(chart.getStyler(), x, y, lines);
    double top = chart.getStyler().getYAxisMax() == null ? 1 : chart.getStyler().getYAxisMax();
    marks.forEach(
        (at, what) -> {
          chart.addAnnotation(new AnnotationLine(at, true, false));
          chart.addAnnotation(new AnnotationText(what, at, top, false));
        });
    write(chart, file, title);
  }

  /** An axis of powers of ten goes from one of them to another, so that some are told. */
  private static void bound(XYStyler style, Axis x, Axis y, List<Line> lines) {
    if (x.logarithmic) {
      DoubleSummaryStatistics all = all(lines.stream().map(Line::x));
      style.setXAxisMin(power(Math.floor(Math.log10(all.getMin()))));
      style.setXAxisMax(power(Math.ceil(Math.log10(all.getMax()))));
    } else {
      style.setXAxisMin(0.0);
      style.setXAxisMax(Math.ceil(all(lines.stream().map(Line::x)).getMax()));
    }
    if (y.logarithmic) {
      DoubleSummaryStatistics all = all(lines.stream().map(Line::y));
      style.setYAxisMin(power(Math.floor(Math.log10(all.getMin()))));
      style.setYAxisMax(power(Math.ceil(Math.log10(all.getMax()))));
    }
  }

  private static DoubleSummaryStatistics all(Stream<List<Double>> values) {
    return values.flatMap(List::stream).mapToDouble(it -> it).summaryStatistics();
  }

  private static double power(double exponent) {
    return Math.pow(10, exponent);
  }

  /** Bars beside each other, for each of some names. */
  void bars(String file, String title, Axis y, List<String> names, Map<String, List<Double>> series)
      throws IOException {
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).yAxisTitle(y.title).build();
    style(chart.getStyler(), y);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setAvailableSpaceFill(0.8);
    chart.getStyler().setXAxisLabelRotation(names.size() > 4 ? 20 : 0);
    if (y.logarithmic) {
      // Bars begin at a power of ten below them all.
      DoubleSummaryStatistics all = all(series.values().stream());
      chart.getStyler().setYAxisMin(power(Math.floor(Math.log10(all.getMin())) - 1));
      chart.getStyler().setYAxisMax(power(Math.ceil(Math.log10(all.getMax()))));
    }
    series.forEach((name, values) -> chart.addSeries(name, names, values));
    write(chart, file, title);
  }

  private static void style(AxesChartStyler style, Axis y) {
    style.setLocale(Locale.ROOT);
    style.setYAxisLogarithmic(y.logarithmic);
    style.setYAxisDecimalPattern("#,##0.###");
    style.setChartBackgroundColor(Color.WHITE);
    style.setChartFontColor(INK);
    style.setAxisTickLabelsColor(INK);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridLinesStroke(new BasicStroke(0.7f));
    style.setSeriesColors(COLOURS.toArray(Color[]::new));
    style.setMarkerSize(6);
    style.setLegendPosition(LegendPosition.OutsideS);
    style.setLegendLayout(LegendLayout.Horizontal);
    style.setLegendBorderColor(Color.WHITE);
    style.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    style.setChartTitleVisible(false);
    style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    style.setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    style.setAnnotationTextFontColor(INK);
    style.setAnnotationLineColor(Color.GRAY);
    style.setAnnotationLineStroke(new BasicStroke(1));
    style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
  }

  private void write(Chart<?, ?> chart, String file, String title) throws IOException {
    Files.createDirectories(folder);
    Path path = folder.resolve(file + ".svg");
    VectorGraphicsEncoder.saveVectorGraphic(chart, path.toString(), VectorGraphicsFormat.SVG);
    Files.writeString(path, Svg.small(Files.readString(path), title));
    System.out.printf("%s, %,d bytes%n", path, Files.size(path));
  }
}
