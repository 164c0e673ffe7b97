package dev.knothole.client.store;

/// The configuration cannot be used. The message is a sentence with the file, the line and the
/// reason.
public final class ConfigError extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigError(String sentence) {
    super(sentence);
  }
}
