package main // Takes webhooks of Recado and verifies them: WEBHOOK_SECRET=whsec_… go run receiver.go

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// docs: begin
func verify(secret string, headers http.Header, body []byte, tolerance time.Duration) bool {
	id, timestamp := headers.Get("webhook-id"), headers.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > tolerance {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	expected := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	matches := false // while a secret is rotated there are several signatures
	for _, signature := range strings.Split(headers.Get("webhook-signature"), " ") {
		matches = hmac.Equal(expected, []byte(signature)) || matches
	}
	return matches
}

// docs: end

func main() {
	tolerance := 300 * time.Second
	if seconds, err := time.ParseDuration(os.Getenv("TOLERANCE") + "s"); err == nil {
		tolerance = seconds
	}
	http.HandleFunc("/", func(answer http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(request.Body) // the bytes as they came, not parsed and printed again
		if err != nil || !verify(os.Getenv("WEBHOOK_SECRET"), request.Header, body, tolerance) {
			answer.WriteHeader(401)
			return
		}
		fmt.Println(request.Header.Get("webhook-id"), string(body))
		answer.WriteHeader(204)
	})
	port, isGiven := os.LookupEnv("PORT")
	if !isGiven {
		port = "3000"
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		panic(err)
	}
	fmt.Println("listening on http://" + listener.Addr().String())
	panic(http.Serve(listener, nil))
}
