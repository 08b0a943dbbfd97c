/// Who may call and for whom: business accounts, their numbers, and the names Meta gives to people.
///
/// Values and one registry, without HTTP. Everything here is safe for many threads: an account is
/// replaced whole, never changed in part. Start reading at [Accounts].
@NullMarked
package io.recado.emulator.account;

import org.jspecify.annotations.NullMarked;
