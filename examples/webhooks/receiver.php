<?php // Takes webhooks of Recado and verifies them: WEBHOOK_SECRET=whsec_… php -S 127.0.0.1:3000 receiver.php

// docs: begin
function verify(string $secret, array $headers, string $body, int $tolerance = 300): bool
{
    ['webhook-id' => $id, 'webhook-timestamp' => $timestamp, 'webhook-signature' => $signatures] =
        array_change_key_case($headers) + ['webhook-id' => '', 'webhook-timestamp' => '', 'webhook-signature' => ''];
    if (!preg_match('/^[0-9]{1,12}$/D', $timestamp) || abs(time() - (int) $timestamp) > $tolerance) {
        return false;
    }
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret));
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    $matches = false; // while a secret is rotated there are several signatures
    foreach (explode(' ', $signatures) as $signature) {
        $matches = hash_equals($expected, $signature) || $matches;
    }
    return $matches;
}
// docs: end

$body = file_get_contents('php://input'); // the bytes as they came, not parsed and printed again
$tolerance = (int) (getenv('TOLERANCE') ?: 300);
if (verify(getenv('WEBHOOK_SECRET'), getallheaders(), $body, $tolerance)) {
    file_put_contents('php://stdout', $_SERVER['HTTP_WEBHOOK_ID'] . " $body\n");
    http_response_code(204);
} else {
    http_response_code(401);
}
