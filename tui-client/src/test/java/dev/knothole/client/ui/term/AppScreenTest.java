package dev.knothole.client.ui.term;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.gui2.BasicWindow;
import com.googlecode.lanterna.gui2.Label;
import com.googlecode.lanterna.gui2.MultiWindowTextGUI;
import com.googlecode.lanterna.gui2.SameTextGUIThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppScreenTest {
  private final List<byte[]> frames = new ArrayList<>();
  private TerminalSize size = new TerminalSize(30, 8);
  private final AppScreen screen =
      new AppScreen(
          () -> size, TermCaps.of(Map.of("TERM", "xterm-256color")), bytes -> frames.add(bytes));

  @Test
  void a_frame_is_one_array_of_bytes_and_the_same_frame_is_none() {
    for (int time = 0; time < 3; time++) {
      var g = screen.newTextGraphics();
      g.fill(' ');
      g.putString(2, 2, "hello 日本 😀");
      screen.refresh();
    }
    assertEquals(1, frames.size());
  }

  @Test
  void another_size_is_adopted_when_asked_and_painted_whole() {
    screen.refresh();
    assertNull(screen.doResizeIfNecessary());
    size = new TerminalSize(10, 4);
    assertEquals(size, screen.doResizeIfNecessary());
    screen.newTextGraphics().putString(0, 3, "x");
    screen.refresh();
    assertTrue(new String(frames.getLast(), UTF_8).contains("2J"));
  }

  @Test
  void dialogs_of_lanterna_work_on_it() throws IOException {
    var gui = new MultiWindowTextGUI(new SameTextGUIThread.Factory(), screen);
    var window = new BasicWindow("Trust?");
    window.setComponent(new Label("new key of bob"));
    gui.addWindow(window);
    gui.updateScreen();
    assertTrue(screen.grid().text().contains("new key of bob"));
    assertTrue(screen.grid().text().contains("Trust?"));
  }
}
