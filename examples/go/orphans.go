package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// An orphan is a process whose parent ends first: the kernel gives it to PID 1, which has to reap it. Daemons
// and careless libraries leave them; here they are made on demand, to show that init takes care of them.
//
// There is no shell in the image to do it with, so the program runs itself again in one of two roles.
const (
	parentRole = "leave-orphan"
	orphanRole = "be-orphan"
)

func playRole(role string, arguments []string) error {
	switch {
	case role == parentRole:
		return runSelf(orphanRole, strconv.Itoa(os.Getpid())).Start()
	case role == orphanRole && len(arguments) == 1:
		return beOrphan(arguments[0])
	}
	return fmt.Errorf("unknown role %q", role)
}

// leaveOrphans reaps the parents, which are ours. Their children are PID 1's by then.
func leaveOrphans(count int) error {
	for ; count > 0; count-- {
		if err := runSelf(parentRole).Run(); err != nil {
			return err
		}
	}
	return nil
}

// beOrphan ends once somebody else has become the parent.
func beOrphan(parent string) error {
	former, err := strconv.Atoi(parent)
	if err != nil {
		return err
	}
	for os.Getppid() == former {
		time.Sleep(time.Millisecond)
	}
	say("orphan %d adopted by pid %d", os.Getpid(), os.Getppid())
	return nil
}

func runSelf(arguments ...string) *exec.Cmd {
	command := exec.Command("/proc/self/exe", arguments...)
	command.Stdout = os.Stdout
	command.Stderr = os.Stderr
	return command
}
