package dev.knothole.protocol.link.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A place where contestants are measured.
interface Scene {
  /// As progress tells it.
  String title();

  boolean suits(Contestant contestant);

  /// Starts a contestant's programs.
  Stage open(Contestant contestant) throws IOException;

  List<Step> steps();

  /// What is measured together.
  record Step(Set<Cell> cells, Measurement measurement) {}

  /// Measures the cells of a step, in the units of the cells.
  interface Measurement {
    Map<Cell, Double> measure(Stage stage) throws IOException;
  }
}
