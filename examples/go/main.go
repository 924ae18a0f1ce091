// Command service is a small web service that runs under init in an image without a shell.
//
// Environment: PORT (8080), EXIT_STATUS after a graceful stop (0). Signals: HUP reloads, TERM and INT stop
// gracefully.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
)

// The time that requests in flight may take after a stop signal. Keep it below the engine's own timeout
// (docker stop: 10 s), or the engine's SIGKILL comes first.
const shutdownTimeout = 5 * time.Second

var failing atomic.Bool

func main() {
	if len(os.Args) > 1 {
		if err := playRole(os.Args[1], os.Args[2:]); err != nil {
			os.Exit(complain(err))
		}
		return
	}
	os.Exit(serve(getenv("PORT", "8080")))
}

func serve(port string) int {
	// Installed before anybody can know of this process: an early signal must find its channel.
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT)

	exitStatus, err := strconv.Atoi(getenv("EXIT_STATUS", "0"))
	if err != nil {
		return complain(fmt.Errorf("EXIT_STATUS: %w", err))
	}
	server := &http.Server{Addr: ":" + port, Handler: routes(), ReadHeaderTimeout: 5 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.ListenAndServe() }()
	say("started as pid %d, port %s", os.Getpid(), port)

	reloads := 0
	for {
		select {
		case err := <-ended:
			return complain(err)
		case received := <-signals:
			if received == syscall.SIGHUP {
				reloads++
				say("reloaded %d", reloads)
				continue
			}
			say("stopping on %v", received)
			if err := stop(server); err != nil {
				return complain(err)
			}
			say("stopped with status %d", exitStatus)
			return exitStatus
		}
	}
}

func stop(server *http.Server) error {
	deadline, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	return server.Shutdown(deadline)
}

func routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", health)
	mux.HandleFunc("/fail", onPost(func(*http.Request) error { failing.Store(true); return nil }))
	mux.HandleFunc("/recover", onPost(func(*http.Request) error { failing.Store(false); return nil }))
	mux.HandleFunc("/orphans", onPost(func(request *http.Request) error {
		count, err := strconv.Atoi(request.URL.Query().Get("count"))
		if err != nil || count < 1 || count > 100 {
			return errors.New("count: a number from 1 to 100 is needed")
		}
		return leaveOrphans(count)
	}))
	return mux
}

func health(response http.ResponseWriter, _ *http.Request) {
	if failing.Load() {
		http.Error(response, "failing", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(response, "ok")
}

// onPost makes a handler for an action that changes something, which a GET must not.
func onPost(action func(*http.Request) error) http.HandlerFunc {
	return func(response http.ResponseWriter, request *http.Request) {
		if request.Method != http.MethodPost {
			response.Header().Set("Allow", http.MethodPost)
			http.Error(response, "POST only", http.StatusMethodNotAllowed)
			return
		}
		if err := action(request); err != nil {
			http.Error(response, err.Error(), http.StatusBadRequest)
			return
		}
		say("%s done", request.URL.Path)
		response.WriteHeader(http.StatusNoContent)
	}
}

func getenv(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func say(format string, arguments ...any) {
	fmt.Printf("service: "+format+"\n", arguments...)
}

func complain(err error) int {
	fmt.Fprintln(os.Stderr, "service:", err)
	return 1
}
