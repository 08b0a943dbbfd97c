package io.recado.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// The console's own files, wherever the program has them: in a jar, or in a folder while it is
/// worked on.
final class Sources {

  private static final String FOLDER = "io/recado/console/";
  private static final String PAGE = "page.html";

  private Sources() {}

  /// All of them by their paths, such as `inbox/thread.js`, in the order of the paths.
  ///
  /// @throws UncheckedIOException when the program was put together without them
  static SortedMap<String, byte[]> read() {
    URL page = Sources.class.getResource(PAGE);
    if (page == null) {
      throw new UncheckedIOException(
          new IOException("the console's files are missing on the class path; build it anew"));
    }
    try {
      return page.openConnection() instanceof JarURLConnection jar
          ? fromJar(jar.getJarFile())
          : fromFolder(Path.of(page.toURI()).getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the console's files", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a file's address is one", e);
    }
  }

  private static SortedMap<String, byte[]> fromJar(JarFile jar) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    List<JarEntry> entries = jar.stream().filter(one -> isOurs(one.getName())).toList();
    for (JarEntry entry : entries) {
      try (InputStream in = jar.getInputStream(entry)) {
        files.put(entry.getName().substring(FOLDER.length()), in.readAllBytes());
      }
    }
    return files;
  }

  private static SortedMap<String, byte[]> fromFolder(Path folder) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    List<Path> found;
    try (Stream<Path> all = Files.walk(folder)) {
      found = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : found) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      if (isOurs(FOLDER + name)) {
        files.put(name, Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static boolean isOurs(String name) {
    return name.startsWith(FOLDER) && !name.endsWith("/") && !name.endsWith(".class");
  }
}
