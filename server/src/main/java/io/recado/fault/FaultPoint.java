package io.recado.fault;

/// The places at which a simulation may end the process, delay a thread or have it fail. Each is
/// reached in the order of a message's life.
public enum FaultPoint {
  /// A group's transaction is open and nothing is applied yet.
  JOURNAL_BEFORE_APPLY,
  /// All writes of a group are applied, nothing is committed.
  JOURNAL_BEFORE_COMMIT,
  /// A group is durable and nobody knows: the answer to COMMIT may just as well be lost.
  JOURNAL_AFTER_COMMIT,
  /// A group is durable and handed on in memory; its callers are not answered.
  JOURNAL_BEFORE_ANSWER,
  /// Accepted messages are durable and about to be handed to the dispatcher. A failure here loses
  /// the hand-over.
  HAND_OVER,
  /// A message is durable and its caller has not heard of it.
  MESSAGE_ACCEPTED,
  /// An attempt is durable and the provider is not called yet.
  ATTEMPT_STARTED,
  /// The provider has answered and the outcome is not recorded.
  PROVIDER_ANSWERED,
  /// An outcome is durable and the dispatcher does not know of it.
  OUTCOME_RECORDED,
  /// A doubt is decided and the dispatcher does not know of it.
  DOUBT_DECIDED,
  /// A page of the outbox was read and the dispatcher has not got it. A failure here is a failed
  /// read.
  OUTBOX_READ,
  /// The attempts of an earlier life are in doubt and nothing is dispatched yet.
  ATTEMPTS_RECOVERED,
  /// The conversations of those who wrote are there, what they wrote is not.
  CALLBACK_ROUTED,
  /// Everything that a callback tells is durable and the provider has no answer.
  CALLBACK_STORED,
  /// Messages past their time to live are found and not given up yet.
  EXPIRED_FOUND
}
