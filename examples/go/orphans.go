package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// An orphan is a process whose parent ends first: the kernel gives it to PID 1, which has to reap it. Daemons
// and careless libraries leave orphans; here they are made on demand, to show that init reaps them.
//
// The image has no shell for this, so the program runs itself again in one of two roles.
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

// leaveOrphans reaps the parents, which are our children. Their children belong to PID 1 by then.
func leaveOrphans(count int) error {
	for ; count > 0; count-- {
		if err := runSelf(parentRole).Run(); err != nil {
			return err
		}
	}
	return nil
}

// beOrphan ends once another process has become its parent.
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
