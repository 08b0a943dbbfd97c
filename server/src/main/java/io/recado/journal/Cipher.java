package io.recado.journal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// Encrypts what is secret before it is stored: AES-256-GCM with a keyset of Tink's.
///
/// The keyset is stored beside the data, itself encrypted by a key stretched (HKDF-SHA256) from the
/// master key, which is stored nowhere. Every text is bound to its place
/// (`workspace|table|column|row id`), so that one which was copied elsewhere does not open. Safe
/// for many threads.
///
/// A stored keyset is a version byte, 16 bytes of salt, and Tink's encrypted keyset.
public final class Cipher {

  /// The shortest master key, in characters.
  public static final int MASTER_KEY_LENGTH = 20;

  private static final byte VERSION = 1;
  private static final int SALT_BYTES = 16;
  private static final int HEAD = 1 + SALT_BYTES;
  private static final byte[] PURPOSE = "recado keyset".getBytes(StandardCharsets.UTF_8);

  private final Aead aead;

  private Cipher(Aead aead) {
    this.aead = aead;
  }

  /// Makes a keyset, to be stored and opened ever after with the same master key.
  ///
  /// @param random a source fit for secrets
  /// @throws IllegalArgumentException when the master key is too short
  public static byte[] newKeyset(String masterKey, RandomGenerator random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    try {
      Aead master = master(masterKey, salt);
      byte[] keyset =
          TinkProtoKeysetFormat.serializeEncryptedKeyset(
              KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get()),
              master,
              PURPOSE,
              AeadConfig2026.get());
      return ByteBuffer.allocate(HEAD + keyset.length).put(VERSION).put(salt).put(keyset).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a keyset could not be made", e);
    }
  }

  /// Opens a stored keyset.
  ///
  /// @throws WrongMasterKey when it was made with another master key, or was damaged
  /// @throws IllegalArgumentException when the master key is too short
  public static Cipher open(String masterKey, byte[] storedKeyset) {
    if (storedKeyset.length <= HEAD || storedKeyset[0] != VERSION) {
      throw new WrongMasterKey("The stored keyset has an unknown form; restore it from a backup.");
    }
    Aead master = master(masterKey, Arrays.copyOfRange(storedKeyset, 1, HEAD));
    try {
      KeysetHandle keyset =
          TinkProtoKeysetFormat.parseEncryptedKeyset(
              Arrays.copyOfRange(storedKeyset, HEAD, storedKeyset.length),
              master,
              PURPOSE,
              AeadConfig2026.get());
      return new Cipher(keyset.getPrimitive(AeadConfig2026.get(), Aead.class));
    } catch (GeneralSecurityException _) {
      throw new WrongMasterKey(
          "The master key does not open the stored secrets; start with the one they were stored"
              + " with.");
    }
  }

  /// Encrypts.
  ///
  /// @param place where the result will be stored: `workspace|table|column|row id`
  public byte[] encrypt(byte[] plain, String place) {
    try {
      return aead.encrypt(plain, place.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret could not be encrypted", e);
    }
  }

  /// Decrypts.
  ///
  /// @param place the place that was given when it was encrypted
  /// @throws Unreadable when it was encrypted for another place, with another keyset, or was
  ///   changed
  public byte[] decrypt(byte[] sealed, String place) {
    try {
      return aead.decrypt(sealed, place.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException _) {
      throw new Unreadable();
    }
  }

  /// Says nothing about the keys.
  @Override
  public String toString() {
    return "Cipher";
  }

  private static Aead master(String masterKey, byte[] salt) {
    if (masterKey.length() < MASTER_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "a master key has at least " + MASTER_KEY_LENGTH + " characters");
    }
    try {
      byte[] key =
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract()
                      .addIKM(masterKey.getBytes(StandardCharsets.UTF_8))
                      .addSalt(salt)
                      .thenExpand(PURPOSE, 32));
      return aead(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the master key could not be stretched", e);
    }
  }

  private static Aead aead(byte[] key) throws GeneralSecurityException {
    var parameters =
        AesGcmParameters.builder()
            .setKeySizeBytes(key.length)
            .setIvSizeBytes(12)
            .setTagSizeBytes(16)
            .setVariant(AesGcmParameters.Variant.NO_PREFIX)
            .build();
    AesGcmKey only =
        AesGcmKey.builder()
            .setParameters(parameters)
            .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
            .build();
    return KeysetHandle.newBuilder()
        .addEntry(KeysetHandle.importKey(only).withRandomId().makePrimary())
        .build()
        .getPrimitive(AeadConfig2026.get(), Aead.class);
  }

  /// The stored keyset does not open.
  public static final class WrongMasterKey extends RuntimeException {

    private static final long serialVersionUID = 1;

    WrongMasterKey(String message) {
      super(message);
    }
  }

  /// A secret does not open at its place.
  public static final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    Unreadable() {
      super("a stored secret was changed, moved, or encrypted with another keyset");
    }
  }
}
