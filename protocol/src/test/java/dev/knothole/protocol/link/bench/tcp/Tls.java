package dev.knothole.protocol.link.bench.tcp;

import dev.knothole.protocol.link.bench.transport.Credentials;
import dev.knothole.protocol.link.bench.transport.Dialer;
import dev.knothole.protocol.link.bench.transport.Listener;
import dev.knothole.protocol.link.bench.transport.PinnedTrust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// Both ends show certificates, and each trusts exactly the other's.
public final class Tls {
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private Tls() {}

  public static Listener listen(InetSocketAddress at, Credentials credentials)
      throws IOException, GeneralSecurityException {
    var socket =
        (SSLServerSocket) context(credentials).getServerSocketFactory().createServerSocket();
    socket.setEnabledProtocols(PROTOCOLS);
    socket.setNeedClientAuth(true);
    socket.bind(at);
    return new TlsListener(socket);
  }

  public static Dialer dialer(InetSocketAddress at, Credentials credentials)
      throws GeneralSecurityException, IOException {
    return new TlsDialer(at, context(credentials).getSocketFactory());
  }

  static TlsConnection connected(SSLSocket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setEnabledProtocols(PROTOCOLS);
    return new TlsConnection(socket);
  }

  private static SSLContext context(Credentials credentials)
      throws GeneralSecurityException, IOException {
    char[] password = {};
    var store = KeyStore.getInstance("JKS");
    store.load(null, password);
    Certificate[] chain = {credentials.own().certificate()};
    store.setKeyEntry("identity", credentials.own().key(), password, chain);
    var keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, password);
    var context = SSLContext.getInstance("TLSv1.3");
    TrustManager[] trust = {new PinnedTrust(credentials.peer())};
    context.init(keys.getKeyManagers(), trust, null);
    return context;
  }
}
