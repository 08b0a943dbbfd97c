package io.recado;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of the embedded database and of the master key, held by one process at a time.
final class DataFolder implements AutoCloseable {

  /// Locks on them do not hold, and SQLite's log needs shared memory. Names as the JDK gives them.
  private static final Set<String> NETWORK_FILE_SYSTEMS =
      Set.of("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs");

  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;
  private final FileChannel lockFile;

  private DataFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /// Makes the folder when it is missing and takes it.
  ///
  /// @throws CannotStart when another process has it, or it cannot be used
  static DataFolder open(Path folder) {
    try {
      make(folder);
      warnWhenOpen(folder);
      String type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
      if (NETWORK_FILE_SYSTEMS.contains(type)) {
        throw new CannotStart(
            "RECADO_DATA: %s is on a network file system (%s), where SQLite is not safe; use a local folder, or RECADO_DATABASE_URL"
                .formatted(folder, type));
      }
      Path file = folder.resolve("recado.lock");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isTaken(channel)) {
        channel.close();
        throw new CannotStart(
            "RECADO_DATA: another Recado is using "
                + folder
                + "; stop it, or give this one a folder of its own");
      }
      return new DataFolder(folder, channel);
    } catch (IOException e) {
      throw new CannotStart("RECADO_DATA: " + folder + " cannot be used: " + e.getMessage());
    }
  }

  /// The file of the embedded database.
  Path database() {
    return folder.resolve("recado.db");
  }

  /// The master key that this folder keeps; made when there is none, readable by its owner only.
  String masterKey(RandomGenerator random) {
    Path file = folder.resolve("master.key");
    try {
      if (!Files.exists(file)) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Path made =
            Files.createTempFile(
                folder,
                "master",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(made, key + "\n");
        Files.move(made, file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CannotStart("the master key in " + folder + " cannot be read: " + e.getMessage());
    }
  }

  /// Gives the folder to the next one.
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes the folder when it is missing: its owner's alone, since the database in it holds what
  /// people write. One that is there is left as it is.
  static void make(Path folder) throws IOException {
    if (!hasOwners()) {
      Files.createDirectories(folder);
    } else if (!Files.exists(folder)) {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
  }

  private static void warnWhenOpen(Path folder) throws IOException {
    if (!hasOwners()) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    if (!OWNER_ONLY.containsAll(permissions)) {
      LOG.warn(
          "the data folder {} is open to other users of this machine ({}), and holds messages and"
              + " phone numbers; close it with chmod 700",
          folder,
          PosixFilePermissions.toString(permissions));
    }
  }

  private static boolean hasOwners() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }
}
