// The test's service on Go's net/http: port 8080 on both families, and a Unix socket.
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
)

const text = "the service is well\n"

func main() {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(code) }
	}
	http.HandleFunc("/ok", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, text) })
	http.HandleFunc("/broken", status(503))
	http.Handle("/moved", http.RedirectHandler("http://127.0.0.1:9000/trap", 301))
	http.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) { select {} })
	http.HandleFunc("/headers", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Large", strings.Repeat("x", 8000))
		fmt.Fprint(w, text)
	})
	http.HandleFunc("/chunked", func(w http.ResponseWriter, r *http.Request) {
		for _, piece := range []string{"the service", " is we", "ll\n"} {
			fmt.Fprint(w, piece)
			w.(http.Flusher).Flush()
		}
	})
	http.HandleFunc("/private", func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "probe" || password != "secret" {
			w.WriteHeader(401)
		}
	})
	http.HandleFunc("/host", func(w http.ResponseWriter, r *http.Request) {
		if r.Host != "app.example" {
			w.WriteHeader(421)
		}
	})
	failed := make(chan error)
	for _, place := range [][2]string{{"tcp", "127.0.0.1:8080"}, {"tcp", "[::1]:8080"}, {"unix", os.Args[1]}} {
		listener, err := net.Listen(place[0], place[1])
		if err != nil {
			log.Fatal(err)
		}
		go func() { failed <- http.Serve(listener, nil) }()
	}
	log.Fatal(<-failed)
}
