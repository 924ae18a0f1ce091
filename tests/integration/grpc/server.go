// The test's gRPC service on grpc-go. Ports: 8080 and the Unix socket have the health service, 8081 has none,
// 8082 turns to SERVING when a line comes, 8083 never answers, 8084 refuses every call as
// unauthenticated, 8443 is TLS.
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"log"
	"net"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/health"
	health_v1 "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

type silent struct {
	health_v1.UnimplementedHealthServer
}

func (silent) Check(context.Context, *health_v1.HealthCheckRequest) (*health_v1.HealthCheckResponse, error) {
	select {}
}

func guard(context.Context, interface{}, *grpc.UnaryServerInfo, grpc.UnaryHandler) (interface{}, error) {
	return nil, status.Error(codes.Unauthenticated, "who are you?")
}

func serve(server *grpc.Server, service health_v1.HealthServer, network string, addresses ...string) {
	if service != nil {
		health_v1.RegisterHealthServer(server, service)
	}
	for _, address := range addresses {
		listener, err := net.Listen(network, address)
		if err != nil {
			log.Fatal(err)
		}
		go func() { log.Fatal(server.Serve(listener)) }()
	}
}

func main() {
	directory := os.Args[1]
	known := health.NewServer()
	known.SetServingStatus("ready", health_v1.HealthCheckResponse_SERVING)
	known.SetServingStatus("broken", health_v1.HealthCheckResponse_NOT_SERVING)
	serve(grpc.NewServer(), known, "tcp", "127.0.0.1:8080", "[::1]:8080")
	serve(grpc.NewServer(), known, "unix", directory+"/socket")
	serve(grpc.NewServer(), nil, "tcp", "127.0.0.1:8081")
	late := health.NewServer()
	late.SetServingStatus("", health_v1.HealthCheckResponse_NOT_SERVING)
	serve(grpc.NewServer(), late, "tcp", "127.0.0.1:8082")
	serve(grpc.NewServer(), silent{}, "tcp", "127.0.0.1:8083")
	serve(grpc.NewServer(grpc.UnaryInterceptor(guard)), known, "tcp", "127.0.0.1:8084")
	certificate, err := tls.LoadX509KeyPair(directory+"/certificate", directory+"/key")
	if err != nil {
		log.Fatal(err)
	}
	serve(grpc.NewServer(grpc.Creds(credentials.NewServerTLSFromCert(&certificate))), known, "tcp", "127.0.0.1:8443")
	bufio.NewReader(os.Stdin).ReadString('\n')
	late.SetServingStatus("", health_v1.HealthCheckResponse_SERVING)
	select {}
}
