// Command worker has no port. It touches a file as long as its work makes progress, and healthcheck checks
// the age of that file.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const heartbeat = "/tmp/heartbeat"

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	work := time.NewTicker(time.Second)
	fmt.Println("worker: started")
	for {
		// After the work, not beside it: a worker that hangs must be visible.
		if err := os.WriteFile(heartbeat, nil, 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "worker:", err)
			os.Exit(1)
		}
		select {
		case <-work.C:
		case <-stop:
			fmt.Println("worker: stopped")
			return
		}
	}
}
