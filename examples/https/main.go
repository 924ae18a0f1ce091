// Command service answers HTTPS only. With CLIENT_CERTIFICATE=required it also refuses every client that
// shows no certificate.
//
// Environment: PORT (8443), CLIENT_CERTIFICATE. Signals: USR1 turns maintenance on and off, TERM and INT stop
// gracefully.
package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

const shutdownTimeout = 5 * time.Second

var maintenance atomic.Bool

func main() {
	if err := serve(getenv("PORT", "8443")); err != nil {
		fmt.Fprintln(os.Stderr, "service:", err)
		os.Exit(1)
	}
}

func serve(port string) error {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGUSR1, syscall.SIGTERM, syscall.SIGINT)

	configuration, err := configure()
	if err != nil {
		return err
	}
	server := &http.Server{
		Addr:              ":" + port,
		Handler:           http.HandlerFunc(answer),
		TLSConfig:         configuration,
		ReadHeaderTimeout: 5 * time.Second,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.ListenAndServeTLS("", "") }()
	fmt.Println("service: started, port", port)
	for {
		select {
		case err := <-ended:
			return err
		case received := <-signals:
			if received == syscall.SIGUSR1 {
				maintenance.Store(!maintenance.Load())
				fmt.Println("service: maintenance", maintenance.Load())
				continue
			}
			return stop(server)
		}
	}
}

func stop(server *http.Server) error {
	deadline, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(deadline); err != nil {
		return err
	}
	fmt.Println("service: stopped")
	return nil
}

func configure() (*tls.Config, error) {
	certificate, err := selfSigned("localhost")
	if err != nil {
		return nil, err
	}
	configuration := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	switch wanted := os.Getenv("CLIENT_CERTIFICATE"); wanted {
	case "":
	case "required":
		configuration.ClientAuth = tls.RequireAnyClientCert
	default:
		return nil, errors.New("CLIENT_CERTIFICATE is neither empty nor \"required\": " + wanted)
	}
	return configuration, nil
}

func answer(response http.ResponseWriter, request *http.Request) {
	switch {
	case request.URL.Path != "/healthz":
		http.NotFound(response, request)
	case maintenance.Load():
		http.Error(response, "maintenance", http.StatusServiceUnavailable)
	default:
		fmt.Fprintln(response, "ok")
	}
}

func getenv(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
