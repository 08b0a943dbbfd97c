/// Files: uploaded, described, downloaded with the access token, deleted.
///
/// Kept in memory up to a bound, the oldest going first; gone after 30 days as at Meta. Addresses
/// for download are good for 5 minutes. Start reading at [MediaStore].
@NullMarked
package io.recado.emulator.media;

import org.jspecify.annotations.NullMarked;
