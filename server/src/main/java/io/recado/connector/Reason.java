package io.recado.connector;

/// Why a message failed, or why it or its channel waits: the closed list that the API shows as
/// `error.reason` and in a channel's `health.problems`.
///
/// Two facts each: can sending the same message again help, and whose fault is it. A reason is
/// never given another meaning.
public enum Reason {
  RECIPIENT_UNREACHABLE(
      Fault.RECIPIENT,
      false,
      "The recipient cannot receive the message.",
      "Check the number; the person may not use this network, may have an old app, or may have"
          + " blocked you."),
  RECIPIENT_INVALID(
      Fault.SENDER,
      false,
      "The provider does not accept the recipient's address.",
      "Correct the contact's phone number."),
  RECIPIENT_OPTED_OUT(
      Fault.RECIPIENT,
      false,
      "The recipient has stopped marketing messages from you.",
      "Do not send marketing to this person; wait until they write or opt in again."),
  RECIPIENT_WITHHELD(
      Fault.PROVIDER,
      true,
      "The provider chose not to deliver this message to this person now.",
      "Send it again after 24 hours at the earliest, or reach the person in another way."),
  SERVICE_WINDOW_CLOSED(
      Fault.SENDER,
      false,
      "The person has not written within the service window, so only a template may be sent.",
      "Send an approved template, or give a fallbackTemplate with the message."),
  TEMPLATE_NOT_FOUND(
      Fault.SENDER,
      false,
      "The provider has no such approved template in this language.",
      "Sync the templates and choose one that is listed."),
  TEMPLATE_PAUSED(
      Fault.SENDER,
      true,
      "The provider has paused the template because of its quality.",
      "Wait until it is approved again, or use another template."),
  TEMPLATE_DISABLED(
      Fault.SENDER, false, "The provider has disabled the template.", "Use another template."),
  TEMPLATE_PARAMETERS_INVALID(
      Fault.SENDER,
      false,
      "The provider does not accept the template's parameters.",
      "Correct the parameters; sync the templates in case the template was changed."),
  CONTENT_REFUSED(
      Fault.SENDER,
      false,
      "The provider does not accept the content.",
      "Change the content as the provider's message says."),
  CONTENT_UNSUPPORTED(
      Fault.SENDER,
      false,
      "This kind of content cannot be sent to this recipient.",
      "Send another kind of content, such as text."),
  RECIPIENT_BUSY(
      Fault.PROVIDER,
      true,
      "Too many messages were sent to this person in a short time.",
      "Send fewer messages to one person; it will be tried again by itself until its time to live"
          + " ends."),
  THROTTLED(
      Fault.PROVIDER,
      true,
      "The provider's limit of messages was reached.",
      "Send more slowly or ask the provider for a higher limit."),
  PROVIDER_UNAVAILABLE(
      Fault.PROVIDER,
      true,
      "The provider could not be reached or had a fault of its own.",
      "Send it again later; look at the provider's status page."),
  PROVIDER_REFUSED(
      Fault.PROVIDER,
      false,
      "The provider refused the message for a reason that is not known here.",
      "Read providerCode and providerMessage and look them up in the provider's documentation."),
  CREDENTIALS_INVALID(
      Fault.SENDER,
      true,
      "The provider does not accept the channel's access token.",
      "Give the channel a valid access token; what waits is then sent in order."),
  PERMISSION_MISSING(
      Fault.SENDER,
      true,
      "The channel's access token lacks a permission.",
      "Grant the token the permission to send, or give the channel another token."),
  ACCOUNT_RESTRICTED(
      Fault.SENDER,
      true,
      "The provider has restricted or locked the account.",
      "Open the provider's account pages, settle what they ask for, then resume the channel."),
  ACCOUNT_UNREGISTERED(
      Fault.SENDER,
      true,
      "The provider does not know the channel's number, or it is not registered.",
      "Register the number with the provider and check the channel's phoneNumberId."),
  PAYMENT_REQUIRED(
      Fault.SENDER,
      true,
      "The account has a payment problem at the provider.",
      "Settle the payment method in the provider's account pages."),
  TEMPLATE_ACCOUNT_MISSING(
      Fault.SENDER,
      true,
      "The channel does not say which account its templates belong to.",
      "Set the channel's businessAccountId."),
  OUTCOME_UNKNOWN(
      Fault.PROVIDER,
      true,
      "The provider may have accepted the message, but its answer was lost and no receipt has"
          + " come.",
      "Ask the person, or send it again if a second copy does no harm."),
  EXPIRED(
      Fault.PROVIDER,
      true,
      "The message could not be handed over within its time to live.",
      "Look at its timeline for what it waited for; send it again if it is still wanted."),
  CANCELLED(
      Fault.SENDER, true, "The message was taken back.", "Nothing; it was cancelled on request."),
  INTERNAL_FAULT(
      Fault.OURS,
      true,
      "A fault inside the server kept the message from being sent.",
      "Report it with the message's name; send the message again.");

  /// Who can mend it.
  public enum Fault {
    OURS,
    PROVIDER,
    SENDER,
    RECIPIENT
  }

  private final Fault fault;
  private final boolean retryable;
  private final String sentence;
  private final String remedy;

  Reason(Fault fault, boolean retryable, String sentence, String remedy) {
    this.fault = fault;
    this.retryable = retryable;
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /// Whose fault it is. [Fault#OURS] is logged as an error.
  public Fault fault() {
    return fault;
  }

  /// Whether sending the same message again can help.
  public boolean isRetryable() {
    return retryable;
  }

  /// What happened, one sentence for the customer.
  public String sentence() {
    return sentence;
  }

  /// What to do about it, one sentence for the customer.
  public String remedy() {
    return remedy;
  }
}
