package main // Sends a text, says why when it is refused, waits until it was read: RECADO_KEY=… go run send.go [TEXT]

import (
	"cmp"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

func call(method, path, body string) (message struct{ Name, Status, Error any }) {
	url := cmp.Or(os.Getenv("RECADO_URL"), "http://127.0.0.1:8080") + "/v1/" + path
	request, _ := http.NewRequest(method, url, strings.NewReader(body))
	request.Header = http.Header{"Authorization": {"Bearer " + os.Getenv("RECADO_KEY")}, "Content-Type": {"application/json"}}
	// To repeat a lost call, take the same key again: then nothing is sent twice.
	request.Header.Set("Idempotency-Key", fmt.Sprint("order-4012-", time.Now().UnixNano()))
	response, err := http.DefaultClient.Do(request)
	if err == nil {
		err = json.NewDecoder(response.Body).Decode(&message)
	}
	if refusal, _ := json.MarshalIndent(message.Error, "", "  "); err != nil || response.StatusCode != 200 {
		log.Fatalf("%s %v", refusal, err) // error.message says what to change, fieldViolations say where.
	}
	return message
}

func main() {
	body, _ := json.Marshal(map[string]string{"text": append(os.Args, "Your order has been confirmed.")[1]})
	usual := "channels/6633a1b2c4d5e6f7a8b9c0d1/conversations/664fa2b3c4d5e6f7a8b9c0d2"
	message := call("POST", cmp.Or(os.Getenv("CONVERSATION"), usual)+"/messages", string(body))
	for i := 0; i < 20 && message.Status != "READ" && message.Status != "FAILED"; i++ {
		time.Sleep(500 * time.Millisecond)
		message = call("GET", message.Name.(string), "")
	}
	fmt.Println(message.Name, message.Status, message.Error)
}
