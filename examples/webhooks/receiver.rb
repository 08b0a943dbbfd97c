# Takes webhooks of Recado and verifies them: WEBHOOK_SECRET=whsec_… ruby receiver.rb
require "openssl"
require "socket"

# docs: begin
TOLERANCE = ENV.fetch("TOLERANCE", "300").to_i # seconds

def verify(secret, headers, body)
  id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
  return false if (Time.now.to_i - Integer(timestamp, 10)).abs > TOLERANCE
  key = secret.delete_prefix("whsec_").unpack1("m")
  digest = OpenSSL::HMAC.digest("SHA256", key, "#{id}.#{timestamp}.".b + body)
  expected = "v1," + [digest].pack("m0")
  # While a secret is rotated there are several signatures.
  headers["webhook-signature"].split(" ").map { |given| OpenSSL.secure_compare(expected, given) }.any?
rescue ArgumentError, TypeError, NoMethodError
  false # a header is missing or has another form
end
# docs: end

$stdout.sync = true
server = TCPServer.new("127.0.0.1", ENV.fetch("PORT", "3000").to_i)
puts "listening on http://127.0.0.1:#{server.addr[1]}"
loop do
  Thread.start(server.accept) do |socket| # Ruby has no HTTP server of its own; yours does this better
    head = socket.gets("\r\n\r\n").to_s.lines.drop(1).map { |line| line.chomp.split(": ", 2) }
    headers = head.reject { |pair| pair.size < 2 }.to_h { |name, value| [name.downcase, value] }
    body = socket.read(headers["content-length"].to_i) # the bytes as they came, not parsed and printed again
    genuine = verify(ENV["WEBHOOK_SECRET"], headers, body)
    puts "#{headers["webhook-id"]} #{body}" if genuine
    socket.write(genuine ? "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n" : "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    socket.close
  end
end
