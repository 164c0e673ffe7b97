package dev.knothole.protocol.link.stream;

/// Who began the connection; the only thing it decides here is the parity of stream ids.
public enum Role {
  CLIENT,
  SERVER;

  int parity() {
    return this == CLIENT ? 0 : 1;
  }
}
