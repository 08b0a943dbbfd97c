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
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/// Encrypts what is secret before it is stored: AES-256-GCM with a keyset of Tink's.
///
/// The keyset is stored beside the data, itself encrypted by a key stretched (HKDF-SHA256) from the
/// master key, which is stored nowhere. Every text is bound to its place
/// (`workspace|table|column|row id`), so that one which was copied elsewhere does not open. Safe
/// for many threads.
///
/// A stored keyset is a version byte, 16 bytes of salt, 16 bytes that tell a wrong master key, and
/// Tink's encrypted keyset. Tink is loaded by the first use, or by [#warmUp], as that takes longer
/// than all else that opening does.
public final class Cipher {

  /// The shortest master key, in characters.
  public static final int MASTER_KEY_LENGTH = 20;

  private static final byte VERSION = 1;
  private static final int SALT_BYTES = 16;
  private static final int CHECK_BYTES = 16;
  private static final int KEY_BYTES = 32;
  private static final int HEAD = 1 + SALT_BYTES + CHECK_BYTES;
  private static final byte[] PURPOSE = "recado keyset".getBytes(StandardCharsets.UTF_8);

  private final byte[] masterKey;
  private final byte[] keyset;
  private final Lock opening = new ReentrantLock();
  private volatile @Nullable Aead aead;

  private Cipher(byte[] masterKey, byte[] keyset) {
    this.masterKey = masterKey;
    this.keyset = keyset;
  }

  /// Makes a keyset, to be stored and opened ever after with the same master key.
  ///
  /// @param random a source fit for secrets
  /// @throws IllegalArgumentException when the master key is too short
  public static byte[] newKeyset(String masterKey, RandomGenerator random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] stretched = stretch(masterKey, salt);
    try {
      byte[] keyset =
          TinkProtoKeysetFormat.serializeEncryptedKeyset(
              KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get()),
              master(key(stretched)),
              PURPOSE,
              AeadConfig2026.get());
      return ByteBuffer.allocate(HEAD + keyset.length)
          .put(VERSION)
          .put(salt)
          .put(check(stretched))
          .put(keyset)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a keyset could not be made", e);
    }
  }

  /// Opens a stored keyset.
  ///
  /// @throws WrongMasterKey when it was made with another master key; when it was damaged, the
  ///   first use or [#warmUp] may tell it only then
  /// @throws IllegalArgumentException when the master key is too short
  public static Cipher open(String masterKey, byte[] storedKeyset) {
    if (storedKeyset.length <= HEAD || storedKeyset[0] != VERSION) {
      throw new WrongMasterKey("The stored keyset has an unknown form; restore it from a backup.");
    }
    byte[] stretched = stretch(masterKey, Arrays.copyOfRange(storedKeyset, 1, 1 + SALT_BYTES));
    byte[] check = Arrays.copyOfRange(storedKeyset, 1 + SALT_BYTES, HEAD);
    if (!MessageDigest.isEqual(check, check(stretched))) {
      throw new WrongMasterKey(
          "The master key does not open the stored secrets; start with the one they were stored"
              + " with.");
    }
    return new Cipher(key(stretched), Arrays.copyOfRange(storedKeyset, HEAD, storedKeyset.length));
  }

  /// Does now what the first use would do.
  ///
  /// @throws WrongMasterKey when the stored keyset was damaged
  public void warmUp() {
    aead();
  }

  /// Encrypts.
  ///
  /// @param place where the result will be stored: `workspace|table|column|row id`
  public byte[] encrypt(byte[] plain, String place) {
    try {
      return aead().encrypt(plain, place.getBytes(StandardCharsets.UTF_8));
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
      return aead().decrypt(sealed, place.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException _) {
      throw new Unreadable();
    }
  }

  /// Says nothing about the keys.
  @Override
  public String toString() {
    return "Cipher";
  }

  private Aead aead() {
    Aead opened = aead;
    if (opened != null) {
      return opened;
    }
    opening.lock();
    try {
      opened = aead;
      if (opened == null) {
        opened =
            TinkProtoKeysetFormat.parseEncryptedKeyset(
                    keyset, master(masterKey), PURPOSE, AeadConfig2026.get())
                .getPrimitive(AeadConfig2026.get(), Aead.class);
        aead = opened;
      }
      return opened;
    } catch (GeneralSecurityException _) {
      throw new WrongMasterKey("The stored keyset is damaged; restore it from a backup.");
    } finally {
      opening.unlock();
    }
  }

  /// The key, then the check.
  private static byte[] stretch(String masterKey, byte[] salt) {
    if (masterKey.length() < MASTER_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "a master key has at least " + MASTER_KEY_LENGTH + " characters");
    }
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(masterKey.getBytes(StandardCharsets.UTF_8))
                  .addSalt(salt)
                  .thenExpand(PURPOSE, KEY_BYTES + CHECK_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the master key could not be stretched", e);
    }
  }

  private static byte[] key(byte[] stretched) {
    return Arrays.copyOf(stretched, KEY_BYTES);
  }

  private static byte[] check(byte[] stretched) {
    return Arrays.copyOfRange(stretched, KEY_BYTES, KEY_BYTES + CHECK_BYTES);
  }

  private static Aead master(byte[] key) throws GeneralSecurityException {
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
