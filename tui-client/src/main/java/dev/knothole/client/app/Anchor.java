package dev.knothole.client.app;

/// Where a chat is scrolled to: fixed to a line, so that new lines never move the view.
///
/// @param lineId the line at the bottom edge of the view; [Long#MAX_VALUE] follows the newest
/// @param rowsBelow how many wrapped rows of that line are below the edge
public record Anchor(long lineId, int rowsBelow) {
  public static final Anchor BOTTOM = new Anchor(Long.MAX_VALUE, 0);

  public boolean atBottom() {
    return lineId == Long.MAX_VALUE;
  }
}
