package dev.knothole.client.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.knothole.protocol.link.handshake.Identity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/// The identity of this user on this machine: a private key (PKCS #8, RFC 5208) and its
/// certificate, both in PEM (RFC 7468), in a file that only the user may read.
public final class IdentityFile {
  private static final String KEY = "PRIVATE KEY";
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final int LINE = 64;

  private IdentityFile() {}

  /// The identity in the file; a new one where there is no file. Of two programs that start at once
  /// one makes it, and both have the same.
  ///
  /// @throws IOException with a sentence for the user, when the file is damaged or cannot be used;
  ///     it is never overwritten
  public static Identity open(Path file, SecureRandom random) throws IOException {
    Folders.makePrivate(Folders.of(file));
    try {
      return read(file);
    } catch (NoSuchFileException e) {
      make(file, Identity.generate(random));
      return read(file);
    }
  }

  private static Identity read(Path file) throws IOException {
    String pem = Files.readString(file, US_ASCII);
    Folders.restrict(file, "rw-------");
    try {
      var key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(part(pem, KEY)));
      var certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(part(pem, CERTIFICATE)));
      return new Identity(key, certificate);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          file
              + " is damaged, and it is what others know you by. Restore it from a backup, or move"
              + " it away to get a new one; your contacts will be warned that your key changed.",
          e);
    }
  }

  private static byte[] part(String pem, String label) {
    var matcher =
        Pattern.compile("-----BEGIN " + label + "-----([^-]+)-----END " + label + "-----")
            .matcher(pem);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + label);
    }
    return Base64.getMimeDecoder().decode(matcher.group(1).strip());
  }

  /// Written aside and then linked to its name, which fails where there is one already: nobody ever
  /// sees half of it, and nobody's is replaced.
  private static void make(Path file, Identity identity) throws IOException {
    var folder = Folders.of(file);
    var aside = Files.createTempFile(folder, "identity", ".new", Folders.mode(folder, "rw-------"));
    try {
      write(aside, pem(identity));
      Files.createLink(file, aside);
    } catch (FileAlreadyExistsException e) {
      // Another program has just made it.
    } catch (GeneralSecurityException e) {
      throw new IOException("The identity cannot be written: " + e.getMessage() + ".", e);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static void write(Path file, String text) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static String pem(Identity identity) throws GeneralSecurityException {
    return part(KEY, identity.key().getEncoded())
        + part(CERTIFICATE, identity.certificate().getEncoded());
  }

  private static String part(String label, byte[] bytes) {
    var encoder = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
    return "-----BEGIN "
        + label
        + "-----\n"
        + encoder.encodeToString(bytes)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
