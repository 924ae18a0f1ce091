// Command app is the web service behind nginx, on a Unix socket. Like nginx, it stops gracefully on QUIT.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGQUIT)
	defer cancel()
	listener, err := net.Listen("unix", "/tmp/app.sock")
	if err != nil {
		fmt.Fprintln(os.Stderr, "app:", err)
		os.Exit(1)
	}
	http.HandleFunc("/healthz", func(response http.ResponseWriter, _ *http.Request) { fmt.Fprintln(response, "ok") })
	// A long poll: it is answered when there is news, at the latest when the service stops.
	http.HandleFunc("/news", func(response http.ResponseWriter, request *http.Request) {
		fmt.Println("app: a reader waits for news")
		select {
		case <-stop.Done():
			fmt.Fprintln(response, "good bye")
		case <-request.Context().Done():
		}
	})
	server := &http.Server{}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	fmt.Println("app: started")
	select {
	case err = <-ended:
	case <-stop.Done():
		err = server.Shutdown(context.Background())
	}
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		fmt.Fprintln(os.Stderr, "app:", err)
		os.Exit(1)
	}
	fmt.Println("app: stopped")
}
