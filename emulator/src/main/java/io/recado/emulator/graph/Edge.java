package io.recado.emulator.graph;

/// What one method does on one kind of object, such as `POST` on a number's `messages`.
@FunctionalInterface
public interface Edge {
  /// Answers a call whose token is good and whose object exists.
  ///
  /// @throws GraphError when the call is refused
  /// @throws AnswerLost when its answer is to be lost
  Reply answer(Call call) throws InterruptedException;
}
