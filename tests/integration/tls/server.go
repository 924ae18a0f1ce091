// The test's TLS services on Go's crypto/tls: HTTPS, or gRPC with grpc-go. Each argument has the options of
// one, with spaces between them.
package main

import (
	"bufio"
	"crypto/tls"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/health"
	health_v1 "google.golang.org/grpc/health/grpc_health_v1"
)

func main() {
	for _, argument := range os.Args[1:] {
		go serve(strings.Fields(argument))
	}
	select {}
}

func serve(arguments []string) {
	options := flag.NewFlagSet("listener", flag.ExitOnError)
	port := options.String("port", "", "of 127.0.0.1")
	directory := options.String("directory", "", "of certificate and key")
	version := options.Uint("version", 0, "the only one")
	group := options.Uint("group", 0, "the only one")
	suite := options.Uint("suite", 0, "the only one of TLS 1.2")
	client := options.Int("client", 0, "the ClientAuthType")
	alpn := options.String("alpn", "http/1.1", "the only protocol")
	name := options.String("name", "", "the only server name")
	rpc := options.Bool("grpc", false, "serve gRPC")
	scripted := options.Bool("scripted", false, "serve by the script")
	script := options.String("script", "", "some of the words of scripted/server.cpp")
	options.Parse(arguments)

	certificate, err := tls.LoadX509KeyPair(*directory+"/certificate", *directory+"/key")
	if err != nil {
		log.Fatal(err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: uint16(*version),
		MaxVersion: uint16(*version), ClientAuth: tls.ClientAuthType(*client), NextProtos: []string{*alpn}}
	if *group != 0 {
		config.CurvePreferences = []tls.CurveID{tls.CurveID(*group)}
	}
	if *suite != 0 {
		config.CipherSuites = []uint16{uint16(*suite)}
	}
	if *name != "" {
		config.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
			if hello.ServerName != *name {
				return nil, fmt.Errorf("unknown name %q", hello.ServerName)
			}
			return nil, nil
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+*port)
	if err != nil {
		log.Fatal(err)
	}
	if *rpc {
		server := grpc.NewServer(grpc.Creds(credentials.NewTLS(config)))
		health_v1.RegisterHealthServer(server, health.NewServer())
		log.Fatal(server.Serve(listener))
	}
	if *scripted {
		serveScript(listener, config, *script)
	}
	server := &http.Server{TLSConfig: config, TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "the service is well\n") })}
	log.Fatal(server.Serve(tls.NewListener(listener, config)))
}

func serveScript(listener net.Listener, config *tls.Config, script string) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		if err := converse(connection, config, script); err != nil {
			log.Print("http: the script failed: ", err)
		}
		connection.Close()
	}
}

func converse(connection net.Conn, config *tls.Config, script string) error {
	body := strings.Repeat("the service is well\n", 100)
	answer := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	ends := map[string]int{"start": strings.Index(answer, "Length"), "half": len(answer) - len(body)/2, "rest": len(answer)}
	secured := tls.Server(connection, config)
	if err := secured.Handshake(); err != nil {
		return err
	}
	sent := 0
	for _, word := range strings.Split(script, ",") {
		if word == "request" {
			if _, err := http.ReadRequest(bufio.NewReader(secured)); err != nil {
				return err
			}
		} else if word == "notify" {
			if err := secured.CloseWrite(); err != nil {
				return err
			}
		} else if word != "" {
			if _, err := secured.Write([]byte(answer[sent:ends[word]])); err != nil {
				return err
			}
			sent = ends[word]
		}
	}
	if err := connection.(*net.TCPConn).CloseWrite(); err != nil {
		return err
	}
	_, err := io.Copy(io.Discard, secured)
	return err
}
